package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.step.LabelSets;
import dev.sextant.promql.step.LabelText;
import dev.sextant.promql.step.StepException;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.Steps;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The info series of one query, by what identifies their target: at each step, of the series of one
 * info metric, the one with the newest sample.
 */
final class InfoSeries {
  /** The labels by which info series and others belong together. */
  static final List<String> IDENTITY = List.of("instance", "job");

  private static final long NONE = Long.MIN_VALUE;

  private final Execution execution;
  private final Steps steps;
  private final Timing timing;
  private final boolean[] wanted;

  /** By identity, then by the name of the info metric. */
  private final Map<Labels, Map<String, Newest>> found = new HashMap<>();

  /**
   * @param wanted the steps at which there is anything to enrich
   */
  InfoSeries(Execution execution, Steps steps, Timing timing, boolean[] wanted) {
    this.execution = execution;
    this.steps = steps;
    this.timing = timing;
    this.wanted = wanted;
  }

  /** The winning series of one info metric and target at each step. */
  private record Newest(Labels[] labels, long[] times) {}

  void read(InfoMatchers matchers, Set<Labels> targets) {
    long lookback = execution.options().lookback().toMillis();
    long min = timing.reference(steps.startMillis()) - lookback + 1;
    long max = timing.reference(steps.endMillis());
    try (SeriesSet set = execution.select(min, max, matchers.all(), SeriesSource.Hints.NONE)) {
      while (set.next()) {
        execution.checkpoint();
        Labels identity = LabelSets.only(set.labels(), IDENTITY);
        if (identity.size() > 0 && targets.contains(identity)) {
          add(set.labels(), identity, set.samples(), lookback);
        }
      }
    }
  }

  private void add(Labels labels, Labels identity, SampleCursor cursor, long lookback) {
    Newest newest =
        found
            .computeIfAbsent(identity, key -> new TreeMap<>())
            .computeIfAbsent(labels.metricName(), key -> empty());
    SampleCursor.Type ahead = cursor.next();
    long time = NONE;
    boolean stale = false;
    boolean histogram = false;
    for (int i = 0; i < steps.count(); i++) {
      long reference = timing.reference(steps.time(i));
      while (ahead != SampleCursor.Type.NONE && cursor.timestampMillis() <= reference) {
        time = cursor.timestampMillis();
        histogram = ahead == SampleCursor.Type.HISTOGRAM;
        stale = histogram ? cursor.histogram().isStale() : StepSeries.isAbsent(cursor.value());
        ahead = cursor.next();
      }
      if (wanted[i] && time != NONE && !stale && time > reference - lookback) {
        if (histogram) {
          throw new StepException("info sample should be float");
        }
        put(newest, i, labels, time);
      }
    }
  }

  private Newest empty() {
    execution.hold(steps.count());
    long[] times = new long[steps.count()];
    Arrays.fill(times, NONE);
    return new Newest(new Labels[steps.count()], times);
  }

  private static void put(Newest newest, int step, Labels labels, long time) {
    if (newest.times()[step] == time) {
      throw new StepException(
          "found duplicate series for info metric: existing "
              + LabelText.of(newest.labels()[step])
              + " @ "
              + time
              + ", new "
              + LabelText.of(labels)
              + " @ "
              + time);
    }
    if (newest.times()[step] < time) {
      newest.times()[step] = time;
      newest.labels()[step] = labels;
    }
  }

  /** The info series of a target at a step, one a metric, null for a metric without. */
  @Nullable Labels[] of(Labels target, int step) {
    Map<String, Newest> metrics = found.getOrDefault(target, Map.of());
    Labels[] out = new Labels[metrics.size()];
    int i = 0;
    for (Newest newest : metrics.values()) {
      out[i++] = newest.labels()[step];
    }
    return out;
  }
}
