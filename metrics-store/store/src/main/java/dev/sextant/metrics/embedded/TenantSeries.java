package dev.sextant.metrics.embedded;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.MetricsBatch.TargetSamples;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import java.util.concurrent.atomic.LongAdder;

/**
 * All of one tenant: head, blocks, exemplars, metadata. Changed by the writer under the store's
 * lock; the head itself may be read without it.
 */
final class TenantSeries {
  private final String tenant;
  private final SeriesLimit limit;
  private final ExemplarRing exemplars;
  private final MetadataTable metadata;
  private final BlockSet blocks;
  private volatile Head head = new Head();
  private final LongAdder conflicts = new LongAdder();
  private long samples;

  TenantSeries(String tenant, MetricsStoreSettings settings, BlockSet blocks) {
    this.tenant = tenant;
    this.blocks = blocks;
    this.limit = new SeriesLimit(tenant, settings.maxSeries());
    this.exemplars = new ExemplarRing(settings.maxExemplars());
    this.metadata = new MetadataTable(settings.maxMetadata());
  }

  String tenant() {
    return tenant;
  }

  Head head() {
    return head;
  }

  void replaceHead(Head next) {
    head = next;
  }

  ExemplarRing exemplars() {
    return exemplars;
  }

  MetadataTable metadata() {
    return metadata;
  }

  BlockSet blocks() {
    return blocks;
  }

  SeriesLimit limit() {
    return limit;
  }

  /**
   * Samples that came at a time that had another value, which stayed; since the store was opened.
   */
  long conflicts() {
    return conflicts.sum();
  }

  void countConflicts(long more) {
    conflicts.add(more);
  }

  /** Samples taken since the store was opened. */
  long samples() {
    return samples;
  }

  /**
   * Takes a batch but for its first rows.
   *
   * @param skip rows that were taken before
   */
  void apply(MetricsBatch batch, long skip) {
    long row = 0;
    for (TargetSamples target : batch.targets()) {
      for (SeriesSamples series : target.series()) {
        int count = series.timeIndex().length;
        int from = (int) Math.min(count, Math.max(0, skip - row));
        row += count;
        if (from < count) {
          apply(target, series, from);
        }
        for (Exemplar exemplar : series.exemplars()) {
          exemplars.add(series.labels(), exemplar);
        }
      }
    }
    batch.metadata().forEach(metadata::add);
  }

  private void apply(TargetSamples target, SeriesSamples from, int first) {
    HeadSeries series = head.find(from.labels());
    if (series == null) {
      if (limit.reached(head)) {
        limit.drop(from.labels(), from.timeIndex().length - first);
        return;
      }
      series = head.add(target.target(), from.labels());
    }
    add(series, target, from, first);
  }

  private void add(HeadSeries series, TargetSamples target, SeriesSamples from, int first) {
    for (int i = first; i < from.timeIndex().length; i++) {
      NativeHistogram histogram = from.histograms() == null ? null : from.histograms()[i];
      long start = from.startTimestamps() == null ? 0 : from.startTimestamps()[i];
      switch (series.add(target.times()[from.timeIndex()[i]], from.values()[i], histogram, start)) {
        case NEW -> samples++;
        case CONFLICT -> conflicts.increment();
        case REPEATED -> {}
      }
    }
  }

  /** Takes a section of a head file; no limit holds for what was accepted before. */
  void restore(HeadFile.Section section, MetricsBatch batch) {
    for (TargetSamples target : batch.targets()) {
      for (SeriesSamples series : target.series()) {
        if (section == HeadFile.Section.SERIES) {
          restore(target, series);
        }
        Labels labels = series.labels();
        series.exemplars().forEach(exemplar -> exemplars.add(labels, exemplar));
      }
    }
    batch.metadata().forEach(metadata::add);
  }

  private void restore(TargetSamples target, SeriesSamples from) {
    HeadSeries known = head.find(from.labels());
    HeadSeries series = known == null ? head.add(target.target(), from.labels()) : known;
    add(series, target, from, 0);
  }

  void markCommitted() {
    head.all().forEach(HeadSeries::markCommitted);
    exemplars.markCommitted();
    metadata.markCommitted();
  }
}
