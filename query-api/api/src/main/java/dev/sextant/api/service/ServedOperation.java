package dev.sextant.api.service;

import dev.sextant.storage.otlp.Resource;
import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanField;
import dev.sextant.traceql.exec.LongColumn;

/**
 * Keeps the spans that a service made while it served one of its operations: those whose nearest
 * span of kind server or consumer upwards, all of one service, has the operation's name.
 */
final class ServedOperation {
  private static final int SERVER = 2;
  private static final int CONSUMER = 5;

  private final String service;
  private final String operation;

  ServedOperation(String service, String operation) {
    this.service = service;
    this.operation = operation;
  }

  /**
   * @param batch of whole traces
   */
  RowSet keep(SpanBatch batch, RowSet rows) {
    RowSet kept = RowSet.none(batch.rows());
    int[] parents = batch.parents();
    long[] kinds = LongColumn.of(batch.column(SpanField.Intrinsic.KIND), batch.rows());
    TextColumn services = new TextColumn(batch, SpanField.SERVICE);
    TextColumn names = new TextColumn(batch, SpanField.Intrinsic.NAME);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int above = parents[row];
      while (above >= 0 && kinds[above] != SERVER && kinds[above] != CONSUMER) {
        above = parents[above];
      }
      if (above >= 0 && isOfService(services.text(above)) && names.text(above).equals(operation)) {
        kept.add(row);
      }
    }
    return kept;
  }

  private boolean isOfService(String name) {
    return name.isEmpty() ? service.equals(Resource.EMPTY.service()) : name.equals(service);
  }
}
