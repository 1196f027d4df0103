package dev.sextant.metrics.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one series as parallel arrays, in ascending order of time, no time twice. The arrays
 * are not copied: whoever hands them over must not change them afterwards.
 *
 * @param times in milliseconds since the epoch, at least {@code size} long
 * @param values at least {@code size} long; ignored where a histogram stands at the same index
 * @param histograms the native histogram or null at each index; null where all samples are floats
 * @param startTimestamps in milliseconds since the epoch, 0 where unknown; null where all are
 *     unknown
 */
public record SampleArray(
    int size,
    long[] times,
    double[] values,
    @Nullable NativeHistogram @Nullable [] histograms,
    long @Nullable [] startTimestamps) {

  public static final SampleArray EMPTY =
      new SampleArray(0, new long[0], new double[0], null, null);

  public @Nullable NativeHistogram histogram(int index) {
    return histograms == null ? null : histograms[index];
  }

  public long startTimestamp(int index) {
    return startTimestamps == null ? 0 : startTimestamps[index];
  }

  /** Index of the first sample at or after a time; {@link #size()} where there is none. */
  public int firstAtOrAfter(long timestampMillis) {
    int found = Arrays.binarySearch(times, 0, size, timestampMillis);
    return found >= 0 ? found : -found - 1;
  }

  /** A cursor over the samples between two times, both inclusive. */
  public SampleCursor cursor(long minMillis, long maxMillis) {
    int to = maxMillis == Long.MAX_VALUE ? size : firstAtOrAfter(maxMillis + 1);
    return new ArrayCursor(this, firstAtOrAfter(minMillis), to);
  }

  private static final class ArrayCursor implements SampleCursor {
    private final SampleArray samples;
    private final int to;
    private int at;

    ArrayCursor(SampleArray samples, int from, int to) {
      this.samples = samples;
      this.to = to;
      this.at = from - 1;
    }

    @Override
    public Type next() {
      at = Math.min(at + 1, Math.max(to, 0));
      return type();
    }

    @Override
    public Type seek(long timestampMillis) {
      int found = samples.firstAtOrAfter(timestampMillis);
      at = Math.max(at, Math.min(found, to));
      return type();
    }

    private Type type() {
      if (at >= to) {
        return Type.NONE;
      }
      return samples.histogram(at) == null ? Type.FLOAT : Type.HISTOGRAM;
    }

    @Override
    public long timestampMillis() {
      return samples.times[at];
    }

    @Override
    public double value() {
      return samples.values[at];
    }

    @Override
    public int readFloats(long[] into, double[] valuesInto, int from) {
      int end = Math.min(to, at + into.length - from);
      if (samples.histograms != null) {
        int next = at + 1;
        while (next < end && samples.histogram(next) == null) {
          next++;
        }
        end = next;
      }
      int count = end - at;
      System.arraycopy(samples.times, at, into, from, count);
      System.arraycopy(samples.values, at, valuesInto, from, count);
      at = end - 1;
      return count;
    }

    @Override
    public NativeHistogram histogram() {
      NativeHistogram histogram = samples.histogram(at);
      if (histogram == null) {
        throw new IllegalStateException(
            "the sample at " + timestampMillis() + " is a float, not a histogram");
      }
      return histogram;
    }

    @Override
    public long startTimestampMillis() {
      return samples.startTimestamp(at);
    }
  }
}
