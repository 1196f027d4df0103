package dev.sextant.collector.derive;

import dev.sextant.collector.exposition.Numbers;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
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

  private final long[] counts = new long[LE.size()];
  private final @Nullable Exemplar[] exemplars = new Exemplar[LE.size()];
  private double sum;

  void observe(long nanos, @Nullable Labels traceIds, long timeMillis) {
    double value = nanos / 1e9;
    int bucket = Arrays.binarySearch(BOUNDS, value);
    if (bucket < 0) {
      bucket = -bucket - 1;
    }
    counts[bucket]++;
    sum += value;
    if (traceIds != null) {
      exemplars[bucket] = new Exemplar(traceIds, value, timeMillis);
    }
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
    Exemplar exemplar = exemplars[index];
    exemplars[index] = null;
    return exemplar;
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
