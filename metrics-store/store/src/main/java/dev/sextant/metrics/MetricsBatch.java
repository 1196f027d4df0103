package dev.sextant.metrics;

import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.storage.Batch;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one tenant, grouped by the target they came from. This is the write model; {@link
 * MetricsBatchCodec} gives it bytes.
 *
 * @param derived where derivation from spans stood when it wrote this batch; null for every other
 *     batch
 */
public record MetricsBatch(
    String tenant, List<TargetSamples> targets, List<Metadata> metadata, @Nullable Derived derived)
    implements Batch {

  /** The journal's number for this payload format, without and with {@link #derived()}. */
  public static final int KIND = 1;

  public static final int KIND_DERIVED = 2;

  /**
   * Samples of one target. The target's labels ({@code job}, {@code instance}) also stand in each
   * series' labels; they only say which samples share their times.
   *
   * @param times in milliseconds since the epoch, ascending, each used by at least one sample
   * @param names the labels of all the series, where a batch before had the same; else null
   */
  public record TargetSamples(
      Labels target, long[] times, List<SeriesSamples> series, @Nullable SeriesNames names) {
    public TargetSamples {
      series = List.copyOf(series);
    }

    public TargetSamples(Labels target, long[] times, List<SeriesSamples> series) {
      this(target, times, series, null);
    }
  }

  /**
   * One series' samples within a target, in ascending order of time.
   *
   * @param timeIndex for each sample, the index of its time in {@link TargetSamples#times()},
   *     ascending
   * @param values for each sample; ignored where a histogram stands at the same index
   * @param histograms for each sample its native histogram or null; or null where all are floats
   * @param startTimestamps for each sample, in milliseconds since the epoch, 0 where unknown; or
   *     null where all are 0
   */
  public record SeriesSamples(
      Labels labels,
      int[] timeIndex,
      double[] values,
      @Nullable NativeHistogram @Nullable [] histograms,
      long @Nullable [] startTimestamps,
      List<Exemplar> exemplars) {
    public SeriesSamples {
      exemplars = List.copyOf(exemplars);
    }
  }

  /**
   * The state of derivation at a tick.
   *
   * @param spanRow P: spans of the span journal below this row are counted in the samples beside it
   * @param oldestNeededRow U: the span journal's row that pairing and the repeat window still need;
   *     at most {@code spanRow}
   * @param tickMillis when the tick was, since the epoch
   */
  public record Derived(long spanRow, long oldestNeededRow, long tickMillis) {}

  public MetricsBatch {
    targets = List.copyOf(targets);
    metadata = List.copyOf(metadata);
  }

  @Override
  public int rows() {
    int rows = 0;
    for (TargetSamples target : targets) {
      for (SeriesSamples series : target.series()) {
        rows += series.timeIndex().length;
      }
    }
    // A tick without samples still moves its positions, and a record holds at least one row.
    return Math.max(1, rows);
  }

  @Override
  public int kind() {
    return derived == null ? KIND : KIND_DERIVED;
  }

  @Override
  public ByteBuffer payload() {
    return MetricsBatchCodec.encode(this);
  }
}
