package dev.sextant.promql.step;

/** What an operator owes the query it runs in. */
public interface StepContext {
  /** Called at least once per series: throws where the query was cancelled or ran out of time. */
  void checkpoint();

  /**
   * Announces that so many samples are kept in memory until the query ends, eight bytes each;
   * throws where they are too many.
   */
  void hold(long samples);

  /**
   * Announces bytes beside those of samples that are kept until the query ends; throws where they
   * are too many. A context without a budget for memory leaves it as it is.
   */
  default void keep(long bytes) {}
}
