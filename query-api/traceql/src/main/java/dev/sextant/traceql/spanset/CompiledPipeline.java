package dev.sextant.traceql.spanset;

import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.traceql.TraceQlException;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.field.Columns;
import java.util.List;

/** A pipeline made ready to be run on batches of traces. Immutable, thread-safe. */
public final class CompiledPipeline {
  private final List<CompiledStep> steps;

  private CompiledPipeline(List<CompiledStep> steps) {
    this.steps = steps;
  }

  /**
   * @throws TraceQlException.BadData where it holds a regular expression that is too large
   */
  public static CompiledPipeline of(Pipeline pipeline) {
    return new CompiledPipeline(pipeline.steps().stream().map(CompiledStep::of).toList());
  }

  List<CompiledStep> steps() {
    return steps;
  }

  /**
   * The spansets that it leaves, trace by trace.
   *
   * @throws TraceQlException.Execution where an expression has no value for some span
   */
  public List<Spanset> run(TraceBatch batch) {
    return new PipelineRun(batch).run(this, new SpansetInput.Everything(batch.spans()));
  }

  /** Whether each span is kept or not whatever else there is, so that {@link #spans} can tell. */
  public boolean judgesSpansAlone() {
    return steps.stream().allMatch(SpanJudge::isAlone);
  }

  /**
   * The rows of any batch that it leaves, where it judges spans alone.
   *
   * @throws TraceQlException.Execution where an expression has no value for some span
   */
  public RowSet spans(Columns columns, int rows) {
    return SpanJudge.rows(this, columns, RowSet.all(rows));
  }

  /** What each trace must have some span for, for each condition, for this to leave any. */
  public List<SpanCondition> needs() {
    return PipelineNeeds.ofTrace(this);
  }

  /** What holds for every span that it leaves. */
  public SpanCondition need() {
    return PipelineNeeds.ofEach(this);
  }
}
