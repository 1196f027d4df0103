package dev.sextant.promql.exec;

import dev.sextant.promql.step.Steps;

/**
 * What was asked for, which functions and modifiers of the outer query refer to.
 *
 * @param endMillis not always the time of a step
 * @param stepMillis 0 for an instant query
 */
public record QueryBounds(long startMillis, long endMillis, long stepMillis) {
  public static QueryBounds at(long millis) {
    return new QueryBounds(millis, millis, 0);
  }

  /** The steps up to the end. */
  public Steps steps() {
    return stepMillis == 0
        ? Steps.at(startMillis)
        : new Steps(startMillis, stepMillis, (int) ((endMillis - startMillis) / stepMillis) + 1);
  }

  public boolean isInstant() {
    return startMillis == endMillis;
  }

  /** What {@code step()} is: 0 where there is only one. */
  long stepOrZero() {
    return isInstant() ? 0 : stepMillis;
  }

  long rangeMillis() {
    return endMillis - startMillis;
  }
}
