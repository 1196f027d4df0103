package dev.sextant.metrics;

import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.MetricsBatch.TargetSamples;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects samples in any order into a {@link MetricsBatch}: grouped by target and series in the
 * order they came, times sorted and shared. Of two samples of one series at one time the first
 * stays, as in the store. For one thread and one batch.
 */
public final class MetricsBatchBuilder {
  private final String tenant;
  private final Map<Labels, TargetRows> targets = new LinkedHashMap<>();
  private @Nullable TargetRows lastTarget;
  private final Set<Metadata> metadata = new LinkedHashSet<>();
  private MetricsBatch.@Nullable Derived derived;
  private int samples;

  public MetricsBatchBuilder(String tenant) {
    this.tenant = tenant;
  }

  /**
   * @param target {@code job} and {@code instance} of the series, or whatever of it samples share
   *     their times by
   * @param timestampMillis since the epoch
   * @param startMillis when the series began counting, in milliseconds since the epoch; 0 where
   *     unknown
   */
  public MetricsBatchBuilder add(
      Labels target, Labels labels, long timestampMillis, double value, long startMillis) {
    return add(target, labels, timestampMillis, value, null, startMillis);
  }

  public MetricsBatchBuilder add(Labels target, Labels labels, long timestampMillis, double value) {
    return add(target, labels, timestampMillis, value, 0);
  }

  public MetricsBatchBuilder add(
      Labels target,
      Labels labels,
      long timestampMillis,
      NativeHistogram histogram,
      long startMillis) {
    return add(target, labels, timestampMillis, 0, histogram, startMillis);
  }

  /** Adds a native histogram, or where that is null a float. */
  public MetricsBatchBuilder add(
      Labels target,
      Labels labels,
      long timestampMillis,
      double value,
      @Nullable NativeHistogram histogram,
      long startMillis) {
    rows(target, labels).add(timestampMillis, value, histogram, startMillis);
    samples++;
    return this;
  }

  /** Adds all samples of a series that stand as arrays already. */
  public MetricsBatchBuilder add(Labels target, Labels labels, SampleArray more) {
    rows(target, labels).addAll(more);
    samples += more.size();
    return this;
  }

  /** Names a series, so that it is in the batch even without a sample. */
  public MetricsBatchBuilder series(Labels target, Labels labels) {
    rows(target, labels);
    return this;
  }

  /** Adds an exemplar to a series, which need not have a sample here. */
  public MetricsBatchBuilder exemplar(Labels target, Labels labels, Exemplar exemplar) {
    rows(target, labels).add(exemplar);
    return this;
  }

  public MetricsBatchBuilder metadata(Metadata entry) {
    metadata.add(entry);
    return this;
  }

  public MetricsBatchBuilder derived(MetricsBatch.Derived position) {
    derived = position;
    return this;
  }

  /** Samples added so far, repeated ones included. */
  public int samples() {
    return samples;
  }

  /** Whether there is nothing to write at all. */
  public boolean isEmpty() {
    return targets.isEmpty() && metadata.isEmpty() && derived == null;
  }

  public MetricsBatch build() {
    List<TargetSamples> built = new ArrayList<>(targets.size());
    targets.values().forEach(target -> built.add(target.build()));
    return new MetricsBatch(tenant, built, List.copyOf(metadata), derived);
  }

  private SeriesRows rows(Labels target, Labels labels) {
    if (lastTarget == null || lastTarget.target != target) {
      lastTarget = targets.computeIfAbsent(target, TargetRows::new);
    }
    return lastTarget.rows(labels);
  }

  /** The series of one target. */
  private static final class TargetRows {
    private static final int[] FIRST = {0};

    private final Labels target;
    private final Map<Labels, SeriesRows> series = new LinkedHashMap<>();
    private @Nullable SeriesRows last;

    TargetRows(Labels target) {
      this.target = target;
    }

    SeriesRows rows(Labels labels) {
      if (last == null || last.labels() != labels) {
        last = series.computeIfAbsent(labels, SeriesRows::new);
      }
      return last;
    }

    TargetSamples build() {
      series.values().forEach(SeriesRows::sort);
      long[] times = times();
      int[] indexes = times.length == 1 ? FIRST : upTo(times.length);
      List<SeriesSamples> built = new ArrayList<>(series.size());
      series.values().forEach(rows -> built.add(rows.build(times, indexes)));
      return new TargetSamples(target, times, built, SeriesLists.SHARED.find(built));
    }

    /** The times of all series, each once; mostly those of any. */
    private long[] times() {
      long[] all = new long[0];
      for (SeriesRows rows : series.values()) {
        if (all.length == 0) {
          all = rows.times();
        } else if (rows.times().length > 0 && !Arrays.equals(all, rows.times())) {
          return union();
        }
      }
      return all;
    }

    private long[] union() {
      return series.values().stream()
          .flatMapToLong(rows -> Arrays.stream(rows.times()))
          .sorted()
          .distinct()
          .toArray();
    }

    private static int[] upTo(int count) {
      int[] indexes = new int[count];
      Arrays.setAll(indexes, i -> i);
      return indexes;
    }
  }
}
