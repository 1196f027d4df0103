package dev.sextant.alerting.unittest;

import dev.sextant.alerting.RuleQuery;
import dev.sextant.alerting.SeriesWriter;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleArray;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Series that grow as simulated time goes on: the input up to now, and what rules wrote. For one
 * thread; what was selected is not touched by later samples.
 */
final class SimulatedSeries implements SeriesSource, SeriesWriter {
  private final Map<String, Map<Labels, Growing>> byName = new HashMap<>();
  private final List<Feed> feeds = new ArrayList<>();

  /** Samples of one series, in order of time. */
  private static final class Growing {
    long[] times = new long[8];
    double[] numbers = new double[8];
    @Nullable NativeHistogram[] histograms = new NativeHistogram[8];
    int size;

    void add(long time, double number, @Nullable NativeHistogram histogram) {
      if (size > 0 && times[size - 1] >= time) {
        return;
      }
      if (size == times.length) {
        times = Arrays.copyOf(times, 2 * size);
        numbers = Arrays.copyOf(numbers, 2 * size);
        histograms = Arrays.copyOf(histograms, 2 * size);
      }
      times[size] = time;
      numbers[size] = number;
      histograms[size++] = histogram;
    }

    SampleArray samples() {
      return new SampleArray(size, times, numbers, histograms, null);
    }
  }

  /** An input series and how much of it has been taken. */
  private static final class Feed {
    final TestLanguage.Input input;
    final long startMillis;
    final long stepMillis;
    int next;

    Feed(TestLanguage.Input input, long startMillis, long stepMillis) {
      this.input = input;
      this.startMillis = startMillis;
      this.stepMillis = stepMillis;
    }
  }

  void feed(TestLanguage.Input input, long startMillis, long stepMillis) {
    feeds.add(new Feed(input, startMillis, stepMillis));
  }

  /** Takes input up to a time, that included. */
  void advance(long now) {
    for (Feed feed : feeds) {
      List<TestLanguage.@Nullable Value> values = feed.input.values();
      for (; feed.next < values.size(); feed.next++) {
        long time = feed.startMillis + feed.next * feed.stepMillis;
        if (time > now) {
          break;
        }
        TestLanguage.Value value = values.get(feed.next);
        if (value != null) {
          series(feed.input.labels()).add(time, value.number(), value.histogram());
        }
      }
    }
  }

  private Growing series(Labels labels) {
    return byName
        .computeIfAbsent(labels.metricName(), name -> new TreeMap<>())
        .computeIfAbsent(labels, key -> new Growing());
  }

  @Override
  public void write(long timeMillis, Collection<RuleQuery.Sample> samples) {
    samples.forEach(each -> series(each.labels()).add(timeMillis, each.value(), each.histogram()));
  }

  @Override
  public SeriesSet select(long minMillis, long maxMillis, List<Matcher> matchers, Hints hints) {
    TreeMap<Labels, SampleArray> selected = new TreeMap<>();
    byName.forEach(
        (name, all) -> {
          boolean named =
              matchers.stream()
                  .filter(matcher -> matcher.name().equals(Labels.NAME))
                  .allMatch(matcher -> matcher.matches(name));
          if (named) {
            all.forEach(
                (labels, series) -> {
                  if (matchers.stream().allMatch(matcher -> matcher.matches(labels))) {
                    selected.put(labels, series.samples());
                  }
                });
          }
        });
    return new Selected(selected, minMillis, maxMillis);
  }

  private static final class Selected implements SeriesSet {
    private final Iterator<Map.Entry<Labels, SampleArray>> all;
    private final long minMillis;
    private final long maxMillis;
    private Labels labels = Labels.EMPTY;
    private SampleArray samples = SampleArray.EMPTY;

    Selected(Map<Labels, SampleArray> selected, long minMillis, long maxMillis) {
      this.all = selected.entrySet().iterator();
      this.minMillis = minMillis;
      this.maxMillis = maxMillis;
    }

    @Override
    public boolean next() {
      if (!all.hasNext()) {
        return false;
      }
      Map.Entry<Labels, SampleArray> next = all.next();
      labels = next.getKey();
      samples = next.getValue();
      return true;
    }

    @Override
    public Labels labels() {
      return labels;
    }

    @Override
    public SampleCursor samples() {
      return samples.cursor(minMillis, maxMillis);
    }

    @Override
    public void close() {}
  }

  @Override
  public List<Labels> series(
      long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    throw unused();
  }

  @Override
  public List<String> labelNames(
      long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    throw unused();
  }

  @Override
  public List<String> labelValues(
      String name, long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    throw unused();
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

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("expressions do not list series");
  }
}
