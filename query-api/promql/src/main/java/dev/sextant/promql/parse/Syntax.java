package dev.sextant.promql.parse;

/**
 * Which parts of the language beyond the stable one are understood. Each is a feature flag of
 * Prometheus' of the same sense.
 *
 * @param experimentalFunctions functions and aggregators marked experimental
 * @param durationExpressions arithmetic, {@code step()}, {@code range()} in durations
 * @param extendedRanges {@code anchored} and {@code smoothed}
 * @param fillModifiers {@code fill}, {@code fill_left}, {@code fill_right}
 */
public record Syntax(
    boolean experimentalFunctions,
    boolean durationExpressions,
    boolean extendedRanges,
    boolean fillModifiers) {
  /** The stable language. */
  public static final Syntax STABLE = new Syntax(false, false, false, false);

  /** Everything. */
  public static final Syntax ALL = new Syntax(true, true, true, true);
}
