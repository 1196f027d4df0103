package dev.sextant.trace;

import dev.sextant.storage.Position;
import dev.sextant.storage.Snapshotting;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.block.BlockAppender;
import dev.sextant.storage.block.BlockCounters;
import dev.sextant.storage.block.BlockRow;
import dev.sextant.storage.block.BlockStore;
import dev.sextant.storage.block.Grouping;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.trace.model.SpanSource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans in blocks on this machine. All of a tenant's spans fill one block, so that a trace's, which
 * arrive about the same time from many services, lie in one or few.
 */
public final class EmbeddedTraceStore implements TraceStore, Snapshotting {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedTraceStore.class);

  private final BlockStore blocks;
  private final TraceStoreSettings settings;
  private final OpenColumns openColumns;
  private final ScanThreads threads = new ScanThreads(Runtime.getRuntime().availableProcessors());
  private final RunFilters filters = new RunFilters();
  private final SplitKeys splitKeys = new SplitKeys(filters);

  private EmbeddedTraceStore(BlockStore blocks, TraceStoreSettings settings) {
    this.blocks = blocks;
    this.settings = settings;
    this.openColumns = new OpenColumns(settings.openColumnBytes());
  }

  /**
   * Opens a directory, which need not exist. One process at a time may.
   *
   * @throws StoreException where its format is unknown or it cannot be used
   */
  public static EmbeddedTraceStore open(
      Path directory, TraceStoreSettings settings, InstantSource clock) {
    BlockStore blocks = BlockStore.open(directory, new SpanLayout(), settings.blocks(), clock);
    return new EmbeddedTraceStore(blocks, settings);
  }

  @Override
  public void apply(SpanBatch batch, Position position) {
    blocks.apply(
        batch.tenant(), position, batch.rows(), appender -> feed(batch, position, appender));
  }

  /**
   * What cannot be read was damaged after its receiver validated it, and would be at every replay:
   * it is left out.
   */
  private void feed(SpanBatch batch, Position position, BlockAppender appender) {
    SpanCursor spans = new SpanCursor(batch.payload());
    try {
      Feed feed = new Feed(spans, appender);
      while (spans.next()) {
        feed.append(position.row() + spans.index());
      }
    } catch (MalformedOtlpException e) {
      int lost = batch.rows() - Math.max(0, spans.index());
      blocks.counters().countUnreadable(lost);
      LOG.error(
          "the batch at row {} cannot be read beyond its span {}; {} spans are lost",
          position.row(),
          spans.index(),
          lost,
          e);
    }
  }

  private static final class Feed {
    private final SpanCursor spans;
    private final BlockAppender appender;
    private final ProtoReader fields;
    private int resource = -1;
    private int scope = -1;

    Feed(SpanCursor spans, BlockAppender appender) {
      appender.stream("", Slice.EMPTY);
      this.spans = spans;
      this.appender = appender;
      this.fields = spans.rows().reader();
    }

    void append(long rowNumber) {
      BlockRow row = appender.row();
      if (spans.rows().resourceOrdinal() != resource) {
        resource = spans.rows().resourceOrdinal();
        Slice entry =
            Grouping.encode(spans.rows().resourceBytes(), spans.rows().resourceSchemaUrl());
        row.setText(SpanColumns.RESOURCE, entry);
      }
      if (spans.rows().scopeOrdinal() != scope) {
        scope = spans.rows().scopeOrdinal();
        row.setText(
            SpanColumns.SCOPE,
            Grouping.encode(spans.rows().scopeBytes(), spans.rows().scopeSchemaUrl()));
      }
      if (!appender.wants(rowNumber)) {
        return;
      }
      row.begin(rowNumber, spans.startNanos());
      row.setText(SpanColumns.NAME, spans.nameBytes());
      row.set(SpanColumns.TRACE_HIGH, spans.traceHigh());
      row.set(SpanColumns.TRACE_LOW, spans.traceLow());
      row.set(SpanColumns.SPAN, spans.spanId());
      row.set(SpanColumns.PARENT, spans.parentSpanId());
      row.set(SpanColumns.LENGTH, spans.endNanos() - spans.startNanos());
      row.set(SpanColumns.KIND, spans.kindNumber());
      row.set(SpanColumns.STATUS, spans.statusNumber());
      fields.reset(spans.rows().rowFrom(), spans.rows().rowTo());
      row.addFieldsExcept(fields, SpanColumns.IN_COLUMNS);
      appender.append();
    }
  }

  @Override
  @SuppressWarnings("unchecked") // each plan's record fixes R to its own answer
  public <R> R query(TracePlan<R> plan) {
    return (R)
        switch (plan) {
          case TracePlan.ById byId -> byId(byId);
          case TracePlan.Summaries summaries -> summaries(summaries);
        };
  }

  private List<TraceSummary> summaries(TracePlan.Summaries plan) {
    try (SpanSnapshot snapshot = snapshot(plan.tenant())) {
      return new TraceSketches(plan.traceIds(), settings, blocks.counters()).summaries(snapshot);
    }
  }

  private Optional<Trace> byId(TracePlan.ById plan) {
    try (SpanSnapshot snapshot = snapshot(plan.tenant())) {
      return new TraceLookup(plan.traceId(), settings, blocks.counters()).in(snapshot);
    }
  }

  @Override
  public SpanSource spans(String tenant) {
    return new EmbeddedSpanSource(() -> snapshot(tenant), settings, threads, blocks.counters());
  }

  SpanSnapshot snapshot(String tenant) {
    return StoredSnapshot.of(blocks, tenant, openColumns, splitKeys, filters);
  }

  @Override
  public TraceCapabilities capabilities() {
    return new TraceCapabilities(true);
  }

  @Override
  public long appliedUpTo() {
    return blocks.appliedUpTo();
  }

  @Override
  public void commit() {
    blocks.commit();
  }

  /**
   * How many bytes each column of a tenant's stored blocks takes, as it is stored, by what it
   * holds. Reads the header of every block.
   */
  public Map<String, Long> bytesByColumn(String tenant) {
    SpanBytes bytes = new SpanBytes();
    try (SpanSnapshot snapshot = snapshot(tenant)) {
      for (SpanBlockRef ref : snapshot.blocks(TimeRange.ALL)) {
        if (ref.open() instanceof StoredSpanBlock stored) {
          bytes.add(stored);
        }
      }
    }
    return bytes.bytes();
  }

  /** What the store counts of itself. */
  public BlockCounters counters() {
    return blocks.counters();
  }

  /** Does the background work that is due, as the store's own thread does each second. */
  public void maintain() {
    blocks.maintain();
  }

  @Override
  public void snapshot(Path target) {
    blocks.snapshot(target);
  }

  @Override
  public void close() {
    threads.close();
    blocks.close();
  }
}
