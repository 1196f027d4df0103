package dev.sextant.log;

import dev.sextant.storage.UnsupportedPlanException;

/**
 * What a log store can do; all false is the least.
 *
 * @param substring text filters that find any part of a line, not words only
 * @param exactTotals whether totals are always exact
 * @param retention whether this store drops old data by itself, rather than leaving it to its
 *     engine
 */
public record LogCapabilities(boolean substring, boolean exactTotals, boolean retention) {
  public static final LogCapabilities LEAST = new LogCapabilities(false, false, false);

  /** The one place that refuses what a store cannot do. */
  public void check(LogPlan<?> plan) {
    boolean inWords =
        plan.filter().texts().stream()
            .anyMatch(text -> text.match() == LogFilter.TextMatch.SUBSTRING);
    if (inWords && !substring) {
      throw new UnsupportedPlanException(
          "this log store finds whole words only (capability substring)");
    }
  }
}
