package dev.sextant.api.prometheus;

import dev.sextant.promql.PromAnswer;
import dev.sextant.promql.print.GoNumbers;
import java.util.function.Supplier;

/**
 * What a query cost, as requests with {@code stats} want to know: seconds, and samples held at one
 * time. What is not measured is left out.
 */
record QueryStats(long preparationNanos, long evaluationNanos, long peakSamples) {
  /** An answer and its cost. */
  record Measured(PromAnswer answer, QueryStats stats) {}

  /**
   * Evaluates and measures.
   *
   * @param preparationNanos that went before, on reading the query
   */
  static Measured measure(long preparationNanos, Supplier<PromAnswer> evaluation) {
    long began = System.nanoTime();
    PromAnswer answer = evaluation.get();
    long took = System.nanoTime() - began;
    return new Measured(answer, new QueryStats(preparationNanos, took, answer.peakSamples()));
  }

  /** As a JSON object. */
  String json() {
    return "{\"timings\":{\"evalTotalTime\":"
        + seconds(evaluationNanos)
        + ",\"queryPreparationTime\":"
        + seconds(preparationNanos)
        + ",\"execTotalTime\":"
        + seconds(preparationNanos + evaluationNanos)
        + "},\"samples\":{\"peakSamples\":"
        + peakSamples
        + "}}";
  }

  private static String seconds(long nanos) {
    return GoNumbers.plain(nanos / 1e9);
  }
}
