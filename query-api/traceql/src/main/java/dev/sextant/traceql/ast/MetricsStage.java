package dev.sextant.traceql.ast;

/** A step after a metrics function or arithmetic. */
public sealed interface MetricsStage {
  Place place();

  /**
   * {@code topk(limit)}, {@code bottomk(limit)}.
   *
   * @param bottom whether the least are kept
   * @param limit at least 1
   */
  record Rank(boolean bottom, int limit, Place place) implements MetricsStage {}

  /**
   * {@code op constant}: keeps samples for which it holds.
   *
   * @param constant an int, float or duration as written
   */
  record Threshold(Comparison op, Static constant, Place place) implements MetricsStage {
    /** The constant as samples are counted: a duration in seconds. */
    public double value() {
      return switch (constant) {
        case Static.Int i -> i.value();
        case Static.Float f -> f.value();
        case Static.Duration d -> d.nanos() / 1e9;
        default -> throw new IllegalStateException("no number: " + constant);
      };
    }
  }
}
