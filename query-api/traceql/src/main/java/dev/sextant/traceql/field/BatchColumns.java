package dev.sextant.traceql.field;

import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.traceql.exec.Execution;
import org.jspecify.annotations.Nullable;

/**
 * A batch's columns as the language sees them: a span without a status message has an empty one, as
 * intrinsics are never nil. For one thread.
 */
public final class BatchColumns implements Columns {
  private final SpanBatch batch;
  private final Execution execution;
  private @Nullable SpanColumn statusMessages;

  /**
   * @param execution of the query that looks at them
   */
  public BatchColumns(SpanBatch batch, Execution execution) {
    this.batch = batch;
    this.execution = execution;
  }

  public SpanBatch batch() {
    return batch;
  }

  @Override
  public SpanColumn column(SpanField field) {
    if (field != SpanField.Intrinsic.STATUS_MESSAGE) {
      return batch.column(field);
    }
    SpanColumn filled = statusMessages;
    if (filled == null) {
      filled = FilledTexts.of(batch.column(field), batch.rows());
      statusMessages = filled;
    }
    return filled;
  }

  @Override
  public void checkpoint() {
    execution.checkpoint();
  }

  @Override
  public int maxCombinations() {
    return execution.limits().maxCombinations();
  }
}
