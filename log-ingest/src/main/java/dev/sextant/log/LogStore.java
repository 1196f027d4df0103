package dev.sextant.log;

import dev.sextant.storage.Store;
import dev.sextant.storage.UnsupportedPlanException;

/**
 * Keeps log lines and answers questions about them. Queries are thread-safe and see every applied
 * row.
 */
public interface LogStore extends Store<LogBatch> {
  /**
   * Answers a plan.
   *
   * @throws UnsupportedPlanException where {@link #capabilities()} does not cover it
   */
  <R> R query(LogPlan<R> plan);

  LogCapabilities capabilities();
}
