package dev.sextant.metrics;

import dev.sextant.metrics.model.NativeHistogram;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A batch as text in which two batches are equal exactly where every bit of them is. */
public final class BatchText {
  private BatchText() {}

  public static String of(MetricsBatch batch) {
    StringBuilder out =
        new StringBuilder(batch.tenant() + " " + batch.derived() + " " + batch.metadata() + "\n");
    for (MetricsBatch.TargetSamples target : batch.targets()) {
      out.append(target.target()).append(Arrays.toString(target.times())).append('\n');
      for (MetricsBatch.SeriesSamples series : target.series()) {
        out.append("  ")
            .append(series.labels())
            .append(series.exemplars())
            .append(samples(target, series))
            .append('\n');
      }
    }
    return out.toString();
  }

  private static Map<Long, String> samples(
      MetricsBatch.TargetSamples target, MetricsBatch.SeriesSamples series) {
    Map<Long, String> samples = new TreeMap<>();
    for (int i = 0; i < series.timeIndex().length; i++) {
      NativeHistogram histogram = series.histograms() == null ? null : series.histograms()[i];
      long start = series.startTimestamps() == null ? 0 : series.startTimestamps()[i];
      samples.put(
          target.times()[series.timeIndex()[i]], sample(series.values()[i], histogram, start));
    }
    return samples;
  }

  static String sample(double value, NativeHistogram histogram, long start) {
    String text =
        histogram == null ? Long.toHexString(Double.doubleToRawLongBits(value)) : of(histogram);
    return text + "@" + start;
  }

  private static String of(NativeHistogram h) {
    return h.schema()
        + "/"
        + h.zeroThreshold()
        + "/"
        + h.zeroCount()
        + "/"
        + h.count()
        + "/"
        + Long.toHexString(Double.doubleToRawLongBits(h.sum()))
        + Arrays.toString(h.positiveSpans())
        + Arrays.toString(h.positiveCounts())
        + Arrays.toString(h.negativeSpans())
        + Arrays.toString(h.negativeCounts())
        + Arrays.toString(h.customBounds())
        + h.resetHint();
  }
}
