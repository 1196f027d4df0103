package dev.sextant.metrics;

import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import java.util.Random;

/**
 * Seeded batches of every shape: few series again and again, odd values, histograms, times out of
 * order and repeated.
 */
public final class RandomBatches {
  private static final double[] ODD = {
    0.0,
    -0.0,
    1,
    -1,
    0.1,
    1e-300,
    1e300,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    Double.longBitsToDouble(NativeHistogram.STALE_BITS),
    Double.longBitsToDouble(0xfff8000000000123L),
    9007199254740993.0,
    123456789.123456789
  };

  private final Random random;
  private final long start;
  private long now;

  public RandomBatches(long seed, long startMillis) {
    this.random = new Random(seed);
    this.start = startMillis;
    this.now = startMillis;
  }

  public MetricsBatch next(String tenant) {
    MetricsBatchBuilder builder = new MetricsBatchBuilder(tenant);
    now += random.nextInt(60_000);
    int targets = random.nextInt(3) + 1;
    for (int t = 0; t < targets; t++) {
      Labels target =
          Labels.of("job", "job" + random.nextInt(3), "instance", "i" + random.nextInt(2));
      int series = random.nextInt(6);
      for (int s = 0; s < series; s++) {
        series(builder, target);
      }
    }
    if (random.nextInt(4) == 0) {
      builder.metadata(
          new Metadata("metric" + random.nextInt(5), "gauge", "help " + random.nextInt(3), ""));
    }
    return builder.build();
  }

  private void series(MetricsBatchBuilder builder, Labels target) {
    int metric = random.nextInt(5);
    Labels labels =
        target
            .with("__name__", "metric" + metric)
            .with("path", random.nextInt(3) == 0 ? "" : "/é" + random.nextInt(4));
    int samples = random.nextInt(8) == 0 ? random.nextInt(300) : random.nextInt(4);
    for (int i = 0; i < samples; i++) {
      long time = time(i);
      long start = random.nextInt(3) == 0 ? now - random.nextInt(1000) : 0;
      if (metric == 4 && random.nextInt(5) != 0) {
        builder.add(target, labels, time, histogram(), start);
      } else {
        builder.add(target, labels, time, value(), start);
      }
    }
    if (random.nextInt(10) == 0) {
      builder.exemplar(
          target,
          labels,
          new Exemplar(Labels.of("trace_id", "t" + random.nextInt(100)), value(), now));
    }
  }

  private long time(int i) {
    return switch (random.nextInt(12)) {
      case 0 -> now - random.nextInt(86_400_000);
      case 1 -> now / 15_000 * 15_000;
      case 2 -> start + random.nextInt(40) * 120_000L;
      default -> now + 15_000L * i;
    };
  }

  private double value() {
    return switch (random.nextInt(4)) {
      case 0 -> ODD[random.nextInt(ODD.length)];
      case 1 -> random.nextInt(1000);
      case 2 -> random.nextInt(10_000) / 100.0;
      default -> random.nextGaussian();
    };
  }

  public NativeHistogram histogram() {
    boolean custom = random.nextInt(4) == 0;
    int buckets = random.nextInt(5);
    return new NativeHistogram(
        custom ? NativeHistogram.CUSTOM_BUCKETS : random.nextInt(13) - 4,
        custom ? 0 : 1e-128,
        custom ? 0 : random.nextInt(5),
        random.nextInt(100),
        random.nextInt(6) == 0
            ? Double.longBitsToDouble(NativeHistogram.STALE_BITS)
            : random.nextInt(1000) / 8.0,
        buckets == 0 ? new int[0] : new int[] {random.nextInt(20) - 10, buckets},
        random.doubles(buckets, 0, 50).map(Math::floor).toArray(),
        custom ? new int[0] : new int[] {random.nextInt(5), 2},
        custom ? new double[0] : new double[] {random.nextInt(5), 0.5},
        custom ? new double[] {0.1, 0.5, 2} : new double[0],
        ResetHint.values()[random.nextInt(4)]);
  }
}
