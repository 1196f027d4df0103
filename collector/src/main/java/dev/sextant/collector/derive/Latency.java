package dev.sextant.collector.derive;

import dev.sextant.collector.exposition.Numbers;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.otlp.SpanId;
import dev.sextant.storage.otlp.TraceId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A cumulative classic histogram of seconds, with the newest exemplar of each bucket since the last
 * tick.
 */
final class Latency {
  /** Upper bounds in seconds, from 2 ms doubling to 16 s; +Inf follows. */
  private static final double[] BOUNDS = {
    0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 2.048, 4.096, 8.192,
    16.384
  };

  /** The values of {@code le}, {@code +Inf} last. */
  static final List<String> LE =
      DoubleStream.concat(Arrays.stream(BOUNDS), DoubleStream.of(Double.POSITIVE_INFINITY))
          .mapToObj(Numbers::plain)
          .toList();

  /** Of each exemplar: trace id in two, span id, nanoseconds, time in milliseconds. */
  private static final int NUMBERS = 5;

  private final long[] counts = new long[LE.size()];
  private final long[] exemplars = new long[LE.size() * NUMBERS];

  /** A bit for each bucket that has an exemplar. */
  private int exemplified;

  private double sum;

  /** Counts a span; the number of its bucket, for {@link #exemplify}. */
  int observe(long nanos) {
    double seconds = nanos / 1e9;
    int found = Arrays.binarySearch(BOUNDS, seconds);
    int bucket = found < 0 ? -found - 1 : found;
    counts[bucket]++;
    sum += seconds;
    return bucket;
  }

  /** Makes a span the exemplar of the bucket that it was counted in. */
  void exemplify(
      int bucket, long nanos, long traceHigh, long traceLow, long spanId, long timeMillis) {
    int at = bucket * NUMBERS;
    exemplars[at] = traceHigh;
    exemplars[at + 1] = traceLow;
    exemplars[at + 2] = spanId;
    exemplars[at + 3] = nanos;
    exemplars[at + 4] = timeMillis;
    exemplified |= 1 << bucket;
  }

  long count() {
    return Arrays.stream(counts).sum();
  }

  double sum() {
    return sum;
  }

  /** Observations in the buckets up to and with {@code index}. */
  long cumulative(int index) {
    long total = 0;
    for (int i = 0; i <= index; i++) {
      total += counts[i];
    }
    return total;
  }

  /** Takes the newest exemplar of a bucket; the next call gives only a newer one. */
  @Nullable Exemplar takeExemplar(int index) {
    int bit = 1 << index;
    if ((exemplified & bit) == 0) {
      return null;
    }
    exemplified &= ~bit;
    int at = index * NUMBERS;
    return new Exemplar(
        Labels.ofSorted(
            "span_id",
            SpanId.toHex(exemplars[at + 2]),
            "trace_id",
            new TraceId(exemplars[at], exemplars[at + 1]).toString()),
        exemplars[at + 3] / 1e9,
        exemplars[at + 4]);
  }

  /** Takes back what an earlier tick wrote. */
  void restore(long[] cumulative, double writtenSum) {
    long before = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = cumulative[i] - before;
      before = cumulative[i];
    }
    sum = writtenSum;
  }
}
