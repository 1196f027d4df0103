package dev.sextant.log;

import dev.sextant.storage.Position;
import dev.sextant.storage.Snapshotting;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.block.BlockAppender;
import dev.sextant.storage.block.BlockCounters;
import dev.sextant.storage.block.BlockRow;
import dev.sextant.storage.block.BlockStore;
import dev.sextant.storage.block.Grouping;
import dev.sextant.storage.block.RowLayout;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log lines in blocks on this machine, found by words, bloom filters and columns. */
public final class EmbeddedLogStore implements LogStore, Snapshotting {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedLogStore.class);

  private final BlockStore blocks;
  private final LogStoreSettings settings;

  private EmbeddedLogStore(BlockStore blocks, LogStoreSettings settings) {
    this.blocks = blocks;
    this.settings = settings;
  }

  /**
   * Opens a directory, which need not exist. One process at a time may.
   *
   * @throws StoreException where its format is unknown or it cannot be used
   */
  public static EmbeddedLogStore open(
      Path directory, LogStoreSettings settings, InstantSource clock) {
    BlockStore blocks =
        BlockStore.open(
            directory, new RowLayout(LogColumns.SCHEMA, LogKeys::index), settings.blocks(), clock);
    return new EmbeddedLogStore(blocks, settings);
  }

  @Override
  public void apply(LogBatch batch, Position position) {
    blocks.apply(
        batch.tenant(), position, batch.rows(), appender -> feed(batch, position, appender));
  }

  /**
   * What cannot be read was damaged after its receiver validated it, and would be at every replay:
   * it is left out.
   */
  private void feed(LogBatch batch, Position position, BlockAppender appender) {
    LogCursor lines = new LogCursor(batch.payload(), position.stampMillis() * 1_000_000);
    try {
      Feed feed = new Feed(lines, appender);
      while (lines.next()) {
        feed.append(position.row() + lines.index());
      }
    } catch (MalformedOtlpException e) {
      int lost = batch.rows() - Math.max(0, lines.index());
      blocks.counters().countUnreadable(lost);
      LOG.error(
          "the batch at row {} cannot be read beyond its line {}; {} lines are lost",
          position.row(),
          lines.index(),
          lost,
          e);
    }
  }

  private static final class Feed {
    private final LogCursor lines;
    private final BlockAppender appender;
    private final ProtoReader fields;
    private int resource = -1;
    private int scope = -1;

    Feed(LogCursor lines, BlockAppender appender) {
      this.lines = lines;
      this.appender = appender;
      this.fields = lines.rows().reader();
    }

    void append(long rowNumber) {
      BlockRow row = appender.row();
      if (lines.rows().resourceOrdinal() != resource) {
        resource = lines.rows().resourceOrdinal();
        Slice entry =
            Grouping.encode(lines.rows().resourceBytes(), lines.rows().resourceSchemaUrl());
        row.setText(LogColumns.RESOURCE, entry);
        appender.stream(lines.service(), entry);
      }
      if (lines.rows().scopeOrdinal() != scope) {
        scope = lines.rows().scopeOrdinal();
        row.setText(
            LogColumns.SCOPE,
            Grouping.encode(lines.rows().scopeBytes(), lines.rows().scopeSchemaUrl()));
      }
      if (!appender.wants(rowNumber)) {
        return;
      }
      row.begin(rowNumber, lines.timeNanos());
      row.set(LogColumns.OBSERVED, lines.observedNanos());
      row.set(LogColumns.SEVERITY, lines.severity());
      row.set(LogColumns.LEVEL, lines.level().ordinal());
      row.set(LogColumns.TRACE_HIGH, lines.traceHigh());
      row.set(LogColumns.TRACE_LOW, lines.traceLow());
      row.set(LogColumns.SPAN, lines.spanId());
      fields.reset(lines.rows().rowFrom(), lines.rows().rowTo());
      row.addFieldsExcept(fields, LogColumns.IN_COLUMNS);
      appender.append();
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> R query(LogPlan<R> plan) {
    capabilities().check(plan);
    return (R)
        switch (plan) {
          case LogPlan.Search search -> new LogSearch(blocks, search).search();
          case LogPlan.Histogram histogram ->
              new LogCounting(blocks, settings).histogram(histogram);
          case LogPlan.FieldValues values -> new LogCounting(blocks, settings).values(values);
        };
  }

  @Override
  public LogCapabilities capabilities() {
    return new LogCapabilities(true, true, true);
  }

  @Override
  public long appliedUpTo() {
    return blocks.appliedUpTo();
  }

  @Override
  public void commit() {
    blocks.commit();
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
    blocks.close();
  }
}
