package dev.sextant.benchmarks.promql;

import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.SampleArray;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Series as plain arrays: what an engine costs where reading costs next to nothing. Answers queries
 * for samples only.
 */
final class ArraySource implements SeriesSource {
  private record Series(Labels labels, SampleArray samples) {}

  private final List<Series> series = new ArrayList<>();

  private static final int GAUGES = 500;

  /**
   * As {@link ShopSeries}: 1,000 counters and buckets of 20 instances, six hours at 15 seconds; and
   * gauges that wander.
   */
  static ArraySource shop() {
    ArraySource source = new ArraySource();
    for (int i = 0; i < ShopSeries.SERIES; i++) {
      int target = i % (ShopSeries.JOBS * ShopSeries.INSTANCES);
      int number = i / (ShopSeries.JOBS * ShopSeries.INSTANCES);
      Labels labels =
          Labels.of(
              "__name__",
              number < 26 ? "requests_total" : "latency_bucket",
              "job",
              "shop-" + target / ShopSeries.INSTANCES,
              "instance",
              "10.2.3." + target + ":9464",
              "handler",
              "/api/" + number % 2,
              number < 26 ? "code" : "le",
              number < 26 ? "2" + number : number == 49 ? "+Inf" : String.valueOf(number - 25));
      source.series.add(new Series(labels, counter(target * 701L + 137, number + 1)));
    }
    for (int i = 0; i < GAUGES; i++) {
      int target = i % (ShopSeries.JOBS * ShopSeries.INSTANCES);
      Labels labels =
          Labels.of(
              "__name__",
              "queue_length",
              "job",
              "shop-" + target / ShopSeries.INSTANCES,
              "instance",
              "10.2.3." + target + ":9464",
              "queue",
              "q" + i);
      source.series.add(new Series(labels, gauge(target * 701L + 137, i)));
    }
    return source;
  }

  private static SampleArray counter(long offsetMillis, int perInterval) {
    long[] times = new long[ShopSeries.ROUNDS];
    double[] values = new double[ShopSeries.ROUNDS];
    for (int i = 0; i < times.length; i++) {
      times[i] = offsetMillis + i * ShopSeries.INTERVAL_MILLIS;
      values[i] = (double) (i % 900) * perInterval + i * 7 % perInterval;
    }
    return new SampleArray(times.length, times, values, null, null);
  }

  private static SampleArray gauge(long offsetMillis, int seed) {
    Random random = new Random(seed);
    long[] times = new long[ShopSeries.ROUNDS];
    double[] values = new double[ShopSeries.ROUNDS];
    double level = 500;
    for (int i = 0; i < times.length; i++) {
      times[i] = offsetMillis + i * ShopSeries.INTERVAL_MILLIS;
      level += random.nextGaussian();
      values[i] = level + 20 * random.nextGaussian();
    }
    return new SampleArray(times.length, times, values, null, null);
  }

  @Override
  public SeriesSet select(long minMillis, long maxMillis, List<Matcher> matchers, Hints hints) {
    Iterator<Series> chosen =
        series.stream()
            .filter(each -> matchers.stream().allMatch(matcher -> matcher.matches(each.labels)))
            .iterator();
    return new SeriesSet() {
      private @Nullable Series current;

      @Override
      public boolean next() {
        current = chosen.hasNext() ? chosen.next() : null;
        return current != null;
      }

      @Override
      public Labels labels() {
        return current == null ? Labels.EMPTY : current.labels;
      }

      @Override
      public SampleCursor samples() {
        SampleArray samples = current == null ? SampleArray.EMPTY : current.samples;
        return samples.cursor(minMillis, maxMillis);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public List<Labels> series(
      long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    return List.of();
  }

  @Override
  public List<String> labelNames(
      long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    return List.of();
  }

  @Override
  public List<String> labelValues(
      String name, long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    return List.of();
  }

  @Override
  public Map<Labels, List<Exemplar>> exemplars(
      long minMillis, long maxMillis, List<List<Matcher>> matchers) {
    return Map.of();
  }

  @Override
  public Map<String, List<Metadata>> metadata(String family, int limit) {
    return Map.of();
  }
}
