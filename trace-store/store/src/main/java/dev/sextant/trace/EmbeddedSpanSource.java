package dev.sextant.trace;

import dev.sextant.storage.block.BlockCounters;
import dev.sextant.trace.model.ColumnScan;
import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * One tenant's spans in blocks on this machine. A damaged block is logged, counted and left out. A
 * trace with more spans than the bound is left out of what is read by traces. Where a sink reads a
 * column of a batch by spans, or of a run's traces, that turns out to be damaged, the rest of that
 * batch is left out.
 */
final class EmbeddedSpanSource implements SpanSource {
  private final Supplier<SpanSnapshot> snapshots;
  private final TraceStoreSettings settings;
  private final ScanThreads threads;
  private final BlockCounters counters;

  EmbeddedSpanSource(
      Supplier<SpanSnapshot> snapshots,
      TraceStoreSettings settings,
      ScanThreads threads,
      BlockCounters counters) {
    this.snapshots = snapshots;
    this.settings = settings;
    this.threads = threads;
    this.counters = counters;
  }

  @Override
  public Inspected read(SpanRequest request, Sink sink) {
    request.checkpoint().run();
    Inspection inspection = new Inspection(counters);
    try (SpanSnapshot snapshot = snapshots.get()) {
      switch (request.unit()) {
        case SPANS -> new SpanScan(snapshot, request, threads, inspection).read(sink);
        case TRACES -> new TraceScan(snapshot, request, settings, threads, inspection).read(sink);
      }
    }
    return inspection.result();
  }

  @Override
  public List<SpanField.Attribute> attributes(
      long fromNanos, long toNanos, Set<SpanField.Scope> scopes, int limit, Runnable checkpoint) {
    checkpoint.run();
    Set<SpanField.Attribute> found = new HashSet<>();
    try (SpanSnapshot snapshot = snapshots.get()) {
      SpanScan scan =
          new SpanScan(
              snapshot,
              new SpanRequest(
                  SpanRequest.Unit.SPANS, fromNanos, toNanos, List.of(), Set.of(), checkpoint),
              threads,
              new Inspection(counters));
      scan.visit(
          (block, batch) -> {
            for (SpanField.Attribute attribute : block.attributes()) {
              if (scopes.contains(attribute.scope())
                  && !found.contains(attribute)
                  && isIn(batch, block, attribute)) {
                found.add(attribute);
              }
            }
            return true;
          });
    }
    TreeSet<SpanField.Attribute> sorted =
        new TreeSet<>(
            Comparator.comparing(SpanField.Attribute::scope)
                .thenComparing(attribute -> SpanValue.of(attribute.key()), SpanValue.ORDER));
    sorted.addAll(found);
    return sorted.stream().limit(limit).toList();
  }

  /** A block that lies in the range as a whole is not asked again. */
  private static boolean isIn(SpanBatch batch, SpanBlock block, SpanField.Attribute attribute) {
    return batch.rows() == block.rows()
        || !ColumnScan.present(batch.column(attribute), RowSet.all(batch.rows())).isEmpty();
  }

  @Override
  public List<SpanValue> values(
      SpanField field,
      long fromNanos,
      long toNanos,
      SpanCondition condition,
      int limit,
      Runnable checkpoint) {
    return SpanValueCounts.of(this, field, fromNanos, toNanos, condition, limit, checkpoint);
  }
}
