package dev.sextant.collector.exposition;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One sample line.
 *
 * @param labels without the name
 * @param timestamp as it is written, or empty where there is none
 * @param exemplar or null
 */
public record Sample(
    String name,
    Map<String, String> labels,
    double value,
    String timestamp,
    @Nullable LineExemplar exemplar) {

  /**
   * @param timestamp as it is written, or empty where there is none
   */
  public record LineExemplar(Map<String, String> labels, double value, String timestamp) {}
}
