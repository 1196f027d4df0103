package dev.sextant.benchmarks;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One figure.
 *
 * @param id of the figure within its benchmark
 * @param unit of every number here
 * @param peers the figures of other programs, by name; empty where none was measured
 * @param goal that ours must reach, null for none
 * @param holds whether it does
 */
public record Row(
    String id,
    String unit,
    double ours,
    Map<String, Double> peers,
    @Nullable Double goal,
    boolean holds) {

  /** A figure of which more is better. */
  public static Row atLeast(
      String id, String unit, double ours, Map<String, Double> peers, double goal) {
    return new Row(id, unit, ours, peers, goal, ours >= goal);
  }

  /** A figure of which less is better; it holds where there is no goal. */
  public static Row atMost(
      String id, String unit, double ours, Map<String, Double> peers, @Nullable Double goal) {
    return new Row(id, unit, ours, peers, goal, goal == null || ours <= goal);
  }
}
