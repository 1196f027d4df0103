package dev.sextant.traceql.ast;

import java.util.List;
import java.util.Optional;

/**
 * A whole query. Immutable, and so is all below it. What the parser returns is well typed.
 *
 * @param hints of {@code with(…)}, as written; the engine ignores those it does not know
 */
public record Query(Body body, List<Hint> hints) {
  public Query {
    hints = List.copyOf(hints);
  }

  /** What is asked for. */
  public sealed interface Body {
    /** Spansets: a pipeline, or spanset operators between pipelines, which is one step. */
    record Search(Pipeline pipeline) implements Body {}

    /** Series: a metrics function, or arithmetic between several. */
    record Metrics(MetricsExpr expr) implements Body {}
  }

  /** {@code name=value} of {@code with(…)}. */
  public record Hint(String name, Static value) {}

  /** The value of the first hint of this name. */
  public Optional<Static> hint(String name) {
    return hints.stream().filter(hint -> hint.name().equals(name)).map(Hint::value).findFirst();
  }
}
