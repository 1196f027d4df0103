package dev.sextant.promql;

import dev.sextant.promql.parse.Syntax;
import java.time.Duration;

/**
 * How an engine understands and evaluates queries.
 *
 * @param lookback how long an instant selector looks back for a sample
 * @param subqueryStep of a subquery that names none
 * @param delayedNameRemoval whether functions and arithmetic take a metric's name off at the end of
 *     the query in place of at once
 * @param startTimestamps whether rates use the times at which series began
 * @param typeLabels whether a series says by its label {@code __type__}, in place of its name,
 *     whether it is a counter
 */
public record PromOptions(
    Syntax syntax,
    Duration lookback,
    Duration subqueryStep,
    boolean delayedNameRemoval,
    boolean startTimestamps,
    boolean typeLabels) {
  /** As Prometheus does without feature flags. */
  public static final PromOptions DEFAULT =
      new PromOptions(Syntax.STABLE, Duration.ofMinutes(5), Duration.ofMinutes(1), false, false);

  /** Everything experimental on. */
  public static final PromOptions EXPERIMENTAL =
      new PromOptions(Syntax.ALL, Duration.ofMinutes(5), Duration.ofMinutes(1), true, true);

  /** Without type labels. */
  public PromOptions(
      Syntax syntax,
      Duration lookback,
      Duration subqueryStep,
      boolean delayedNameRemoval,
      boolean startTimestamps) {
    this(syntax, lookback, subqueryStep, delayedNameRemoval, startTimestamps, false);
  }

  /** With {@code anchored} and {@code smoothed}. */
  public PromOptions withExtendedRanges() {
    Syntax extended =
        new Syntax(
            syntax.experimentalFunctions(),
            syntax.durationExpressions(),
            true,
            syntax.fillModifiers());
    return new PromOptions(
        extended, lookback, subqueryStep, delayedNameRemoval, startTimestamps, typeLabels);
  }

  public PromOptions withLookback(Duration value) {
    return new PromOptions(
        syntax, value, subqueryStep, delayedNameRemoval, startTimestamps, typeLabels);
  }

  public PromOptions withTypeLabels(boolean value) {
    return new PromOptions(
        syntax, lookback, subqueryStep, delayedNameRemoval, startTimestamps, value);
  }
}
