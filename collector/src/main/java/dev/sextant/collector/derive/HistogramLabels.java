package dev.sextant.collector.derive;

import dev.sextant.metrics.model.Labels;
import java.util.List;
import java.util.function.Function;

/**
 * The series of one {@link Latency}, made once: the same objects at each tick.
 *
 * @param buckets in the order of {@link Latency#LE}
 */
record HistogramLabels(List<Labels> buckets, Labels sum, Labels count) {
  static final String BUCKET = "_bucket";
  static final String SUM = "_sum";
  static final String COUNT = "_count";

  /**
   * @param named labels with the name of a metric
   */
  static HistogramLabels of(String family, Function<String, Labels> named) {
    Labels bucket = named.apply(family + BUCKET);
    return new HistogramLabels(
        Latency.LE.stream().map(le -> bucket.with("le", le)).toList(),
        named.apply(family + SUM),
        named.apply(family + COUNT));
  }
}
