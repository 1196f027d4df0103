package dev.sextant.metrics.model;

import java.util.Arrays;

/**
 * A native histogram with absolute bucket counts, as Prometheus' {@code FloatHistogram} has it.
 *
 * @param schema −4 to 8: bucket i is (2^(2^−schema))^(i−1) exclusive to …^i inclusive; −53: custom
 *     bounds
 * @param zeroThreshold width of the zero bucket on either side, at least 0
 * @param sum NaN with {@link #STALE_BITS} marks staleness
 * @param positiveSpans and {@code negativeSpans}: runs of buckets as (offset from the end of the
 *     run before, length) pairs, flattened; the first offset is the first bucket's index
 * @param positiveCounts and {@code negativeCounts}: absolute counts of the buckets in the spans, in
 *     order
 * @param customBounds upper bounds for schema −53, ascending, without +Inf; else empty
 */
public record NativeHistogram(
    int schema,
    double zeroThreshold,
    double zeroCount,
    double count,
    double sum,
    int[] positiveSpans,
    double[] positiveCounts,
    int[] negativeSpans,
    double[] negativeCounts,
    double[] customBounds,
    ResetHint resetHint) {

  /** The bits of the NaN that marks a series as gone, in a value or a histogram's sum. */
  public static final long STALE_BITS = 0x7ff0000000000002L;

  public static final int CUSTOM_BUCKETS = -53;

  /** What the sender knew of a reset before this sample; in the order of Prometheus' numbers. */
  public enum ResetHint {
    UNKNOWN,
    YES,
    NO,
    GAUGE
  }

  public boolean isStale() {
    return Double.doubleToRawLongBits(sum) == STALE_BITS;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NativeHistogram that
        && schema == that.schema
        && bits(zeroThreshold) == bits(that.zeroThreshold)
        && bits(zeroCount) == bits(that.zeroCount)
        && bits(count) == bits(that.count)
        && bits(sum) == bits(that.sum)
        && Arrays.equals(positiveSpans, that.positiveSpans)
        && Arrays.equals(positiveCounts, that.positiveCounts)
        && Arrays.equals(negativeSpans, that.negativeSpans)
        && Arrays.equals(negativeCounts, that.negativeCounts)
        && Arrays.equals(customBounds, that.customBounds)
        && resetHint == that.resetHint;
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(positiveCounts) * 31 + Double.hashCode(sum) + schema;
  }
}
