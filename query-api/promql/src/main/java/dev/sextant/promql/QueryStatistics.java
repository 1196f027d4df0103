package dev.sextant.promql;

import dev.sextant.promql.step.Steps;
import java.util.List;

/**
 * What a query did. Samples are counted as Prometheus does: at each step, those in a range
 * selector's window and one for each series of an instant selector, as often as they are read.
 *
 * @param prepareNanos to plan
 * @param evalNanos to read and compute
 * @param sortNanos to order the result
 * @param samples over all steps
 * @param steps of the query
 * @param samplesPerStep one number for each step of the query; those that a subquery read stand at
 *     the step that asked for them first
 * @param peakSamples most samples held at one time
 * @param peakMemoryBytes most memory held at one time, as limits count it
 * @param nodes of the tree that give vectors, each before its operands
 */
public record QueryStatistics(
    long prepareNanos,
    long evalNanos,
    long sortNanos,
    long samples,
    Steps steps,
    long[] samplesPerStep,
    long peakSamples,
    long peakMemoryBytes,
    List<Node> nodes) {

  /** When a step is, in milliseconds since the epoch. */
  public long stepTime(int step) {
    return steps.time(step);
  }

  /**
   * One node of the tree.
   *
   * @param text of it in the query
   * @param depth how many of the nodes are around it
   * @param series that it gave
   * @param points at how many steps these had something, summed up
   * @param nanos it took, its operands' time included
   */
  public record Node(String text, int depth, long series, long points, long nanos) {}
}
