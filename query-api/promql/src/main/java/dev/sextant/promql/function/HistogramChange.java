package dev.sextant.promql.function;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.histogram.Bounds;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.histogram.HistogramResets;
import org.jspecify.annotations.Nullable;

/** How much histograms grew over a window, resets made good. */
final class HistogramChange {
  private HistogramChange() {}

  /**
   * At the lowest schema of the window; null, with a warning, where its histograms cannot be
   * compared.
   */
  static @Nullable NativeHistogram over(RangeWindow w, boolean counter, boolean startTimestamps) {
    int from = w.histogramFrom;
    int last = w.histogramTo - 1;
    checkHints(w, counter, from, last);
    NativeHistogram previous = w.histogram(from);
    if (counter && isReset(w, from + 1, startTimestamps)) {
      previous = HistogramMath.emptyLike(w.histogram(from + 1));
    }
    NativeHistogram newest = w.histogram(last);
    boolean custom = Bounds.isCustom(previous);
    int schema = Math.min(previous.schema(), newest.schema());
    for (int i = from + 1; i <= last; i++) {
      NativeHistogram histogram = w.histogram(i);
      if ((counter || i == last) && Bounds.isCustom(histogram) != custom) {
        w.warnMixedBuckets();
        return null;
      }
      schema = counter ? Math.min(schema, histogram.schema()) : schema;
    }
    HistogramMath.Combined change =
        HistogramMath.subtract(HistogramMath.reduced(newest, schema), previous);
    noteReconciled(w, change, "subtraction");
    NativeHistogram total = change.histogram();
    for (int i = from + 1; counter && i <= last; i++) {
      if (isReset(w, i, startTimestamps)) {
        NativeHistogram before = i == from + 1 ? previous : w.histogram(i - 1);
        HistogramMath.Combined more = HistogramMath.add(total, before);
        noteReconciled(w, more, "addition");
        total = more.histogram();
      }
    }
    return HistogramMath.withHint(total, ResetHint.GAUGE);
  }

  private static boolean isReset(RangeWindow w, int i, boolean startTimestamps) {
    return HistogramResets.isReset(w.histogram(i), w.histogram(i - 1))
        || (startTimestamps && StartTimes.histogramReset(w.samples, i));
  }

  private static void noteReconciled(RangeWindow w, HistogramMath.Combined combined, String noun) {
    if (combined.reconciled()) {
      w.notices.info("mismatched custom buckets were reconciled during " + noun);
    }
  }

  static void checkHints(RangeWindow w, boolean counter, int from, int last) {
    boolean anyGauge = false;
    for (int i = from; i <= last; i++) {
      anyGauge |= w.histogram(i).resetHint() == ResetHint.GAUGE;
    }
    if (counter && anyGauge) {
      w.notices.warning("this native histogram metric is not a counter: \"" + w.name() + "\"");
    }
    boolean bothGauges =
        w.histogram(from).resetHint() == ResetHint.GAUGE
            && w.histogram(last).resetHint() == ResetHint.GAUGE;
    if (!counter && !bothGauges) {
      w.notices.warning("this native histogram metric is not a gauge: \"" + w.name() + "\"");
    }
  }
}
