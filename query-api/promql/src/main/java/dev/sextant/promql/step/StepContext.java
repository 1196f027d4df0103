package dev.sextant.promql.step;

/** What an operator owes the query it runs in. */
public interface StepContext {
  /** Called at least once per series: throws where the query was cancelled or ran out of time. */
  void checkpoint();

  /**
   * Announces that so many samples are kept in memory until the query ends; throws where they are
   * too many.
   */
  void hold(long samples);
}
