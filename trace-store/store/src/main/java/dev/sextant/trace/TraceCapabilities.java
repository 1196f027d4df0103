package dev.sextant.trace;

import dev.sextant.storage.UnsupportedPlanException;

/**
 * What a trace store can do; all false is the least.
 *
 * @param negation filters with {@link SpanFilter.Not} and {@code !=}
 * @param exactTotals whether totals are always exact
 * @param retention whether this store drops old data by itself, rather than leaving it to its
 *     engine
 */
public record TraceCapabilities(boolean negation, boolean exactTotals, boolean retention) {
  public static final TraceCapabilities LEAST = new TraceCapabilities(false, false, false);

  /** The one place that refuses what a store cannot do. */
  public void check(TracePlan<?> plan) {
    if (plan instanceof TracePlan.Search search && !negation && search.filter().negates()) {
      throw new UnsupportedPlanException(
          "this trace store cannot negate filters (capability negation)");
    }
  }
}
