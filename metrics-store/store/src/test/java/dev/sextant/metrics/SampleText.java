package dev.sextant.metrics;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleCursor;

/** A sample as text in which two samples are equal exactly where every bit of them is. */
public final class SampleText {
  private SampleText() {}

  public static String of(MetricsBatch.SeriesSamples series, int index) {
    NativeHistogram histogram = series.histograms() == null ? null : series.histograms()[index];
    long start = series.startTimestamps() == null ? 0 : series.startTimestamps()[index];
    return BatchText.sample(series.values()[index], histogram, start);
  }

  public static String of(SampleCursor cursor, SampleCursor.Type type) {
    return type == SampleCursor.Type.FLOAT
        ? BatchText.sample(cursor.value(), null, cursor.startTimestampMillis())
        : BatchText.sample(0, cursor.histogram(), cursor.startTimestampMillis());
  }
}
