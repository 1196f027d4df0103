package dev.sextant.promql.histogram;

import dev.sextant.metrics.model.NativeHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sum or the mean of histograms that arrive one after another, each number of them compensated
 * as Neumaier does it: a second histogram in the same layout holds what rounding lost. A mean whose
 * sum would become infinite anywhere goes on incrementally. For one thread.
 */
public final class HistogramTotal {
  private final boolean mean;
  private @Nullable NativeHistogram total;
  private @Nullable NativeHistogram lost;
  private boolean incremental;
  private int count;

  /**
   * @param mean whether the result is the mean, else the sum
   */
  public HistogramTotal(boolean mean) {
    this.mean = mean;
  }

  /** Whether the next one can be added: exponential and custom buckets do not mix. */
  public boolean takes(NativeHistogram next) {
    return total == null || HistogramMath.compatible(total, next);
  }

  /**
   * Adds one that this {@linkplain #takes takes}.
   *
   * @return whether custom bounds differed and were brought to those they share
   */
  public boolean add(NativeHistogram next) {
    count++;
    NativeHistogram before = total;
    if (before == null) {
      total = next;
      return false;
    }
    if (!incremental) {
      Step step = Step.of(before, lost, next);
      if (!mean || !step.overflows()) {
        keep(step);
        return step.reconciled();
      }
      incremental = true;
      before = HistogramMath.divide(before, count - 1);
      lost = lost == null ? null : HistogramMath.divide(lost, count - 1);
    }
    double share = (count - 1.0) / count;
    Step step =
        Step.of(
            HistogramMath.multiply(before, share),
            lost == null ? null : HistogramMath.multiply(lost, share),
            HistogramMath.divide(next, count));
    keep(step);
    return step.reconciled();
  }

  private void keep(Step step) {
    total = step.total();
    lost = step.lost();
  }

  /** Null before the first; without empty buckets. */
  public @Nullable NativeHistogram result() {
    NativeHistogram sum = total;
    if (sum == null) {
      return null;
    }
    NativeHistogram rest = lost;
    if (mean && !incremental) {
      sum = HistogramMath.divide(sum, count);
      rest = rest == null ? null : HistogramMath.divide(rest, count);
    }
    NativeHistogram exact =
        rest == null
            ? sum
            : HistogramMath.withHint(HistogramMath.add(sum, rest).histogram(), sum.resetHint());
    return HistogramMath.compact(exact);
  }

  /** One addition. */
  private record Step(NativeHistogram total, NativeHistogram lost, boolean reconciled) {

    static Step of(NativeHistogram total, @Nullable NativeHistogram lost, NativeHistogram next) {
      NativeHistogram a = total;
      NativeHistogram c = lost == null ? withoutCounts(total) : lost;
      NativeHistogram b = next;
      boolean reconciled = false;
      if (Bounds.isCustom(a)) {
        reconciled = !Arrays.equals(a.customBounds(), b.customBounds());
        if (reconciled) {
          double[] bounds = CustomBounds.shared(a.customBounds(), b.customBounds());
          a = CustomBounds.moved(a, bounds);
          c = CustomBounds.moved(c, bounds);
          b = CustomBounds.moved(b, bounds);
        }
      } else {
        int schema = Math.min(a.schema(), b.schema());
        a = HistogramMath.reduced(a, schema);
        c = HistogramMath.reduced(c, schema);
        b = HistogramMath.reduced(b, schema);
        double zero = ZeroBucket.common(a, b);
        a = ZeroBucket.swallowing(a, zero);
        c = ZeroBucket.swallowing(c, zero);
        b = ZeroBucket.swallowing(b, zero);
      }
      CompensatedBuckets positive =
          CompensatedBuckets.add(
              HistogramMath.positive(a), HistogramMath.positive(c), HistogramMath.positive(b));
      CompensatedBuckets negative =
          CompensatedBuckets.add(
              HistogramMath.negative(a), HistogramMath.negative(c), HistogramMath.negative(b));
      NativeHistogram sum =
          figures(
              HistogramMath.withHint(a, HistogramMath.hint(a.resetHint(), b.resetHint())),
              a.zeroCount() + b.zeroCount(),
              a.count() + b.count(),
              a.sum() + b.sum(),
              positive.sums(),
              negative.sums());
      NativeHistogram rest =
          figures(
              a,
              CompensatedBuckets.lost(a.zeroCount(), b.zeroCount(), c.zeroCount()),
              CompensatedBuckets.lost(a.count(), b.count(), c.count()),
              CompensatedBuckets.lost(a.sum(), b.sum(), c.sum()),
              positive.lost(),
              negative.lost());
      return new Step(sum, rest, reconciled);
    }

    private static NativeHistogram withoutCounts(NativeHistogram h) {
      Buckets positive = HistogramMath.positive(h);
      Buckets negative = HistogramMath.negative(h);
      return figures(h, 0, 0, 0, positive.zeros(), negative.zeros());
    }

    private static NativeHistogram figures(
        NativeHistogram layout,
        double zeroCount,
        double count,
        double sum,
        Buckets positive,
        Buckets negative) {
      return new NativeHistogram(
          layout.schema(),
          layout.zeroThreshold(),
          zeroCount,
          count,
          sum,
          positive.spans(),
          positive.counts(),
          negative.spans(),
          negative.counts(),
          layout.customBounds(),
          layout.resetHint());
    }

    boolean overflows() {
      return Double.isInfinite(total.count())
          || Double.isInfinite(total.sum())
          || Double.isInfinite(total.zeroCount())
          || Arrays.stream(total.positiveCounts()).anyMatch(Double::isInfinite)
          || Arrays.stream(total.negativeCounts()).anyMatch(Double::isInfinite);
    }
  }
}
