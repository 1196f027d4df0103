package dev.sextant.trace;

import dev.sextant.storage.block.Block;
import dev.sextant.storage.block.BlockContent;
import dev.sextant.storage.block.BlockLayout;
import dev.sextant.storage.block.BlockSchema;
import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.block.RunLayout;
import dev.sextant.storage.block.StoredParts;
import dev.sextant.storage.codec.Bloom;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.codec.Effort;
import dev.sextant.storage.codec.LongSet;
import dev.sextant.storage.table.TableBuilder;
import dev.sextant.storage.table.TableEncoder;
import dev.sextant.storage.table.ValueType;

/** Keeps closed blocks of spans as columns; {@code docs/format/block.md} describes the bytes. */
final class SpanLayout implements BlockLayout {
  private final RunLayout runs = new SpanRuns();

  @Override
  public BlockSchema schema() {
    return SpanColumns.SCHEMA;
  }

  @Override
  public void write(RowBlock block, BlockContent content) {
    SpanTablesBuilder builder = new SpanTablesBuilder(block);
    write(builder.build(), builder.traces(), content);
  }

  private static void write(SpanTables tables, TraceNumbers traces, BlockContent content) {
    begin(traces, content);
    TableEncoder.encode(tables.resources(), content, Effort.QUICK);
    TableEncoder.encode(tables.scopes(), content, Effort.QUICK);
    TableEncoder.encode(tables.spans(), content, Effort.QUICK);
    TableEncoder.encode(tables.events(), content, Effort.QUICK);
    TableEncoder.encode(tables.links(), content, Effort.QUICK);
  }

  /** Begins the section of a block in order of arrival: all that tells of its traces. */
  static void begin(TraceNumbers traces, BlockContent content) {
    LongSet keys = new LongSet();
    TableBuilder ids = new TableBuilder();
    int high = ids.field(SpanTables.Trace.HIGH, ValueType.INT);
    int low = ids.field(SpanTables.Trace.LOW, ValueType.INT);
    for (int i = 0; i < traces.size(); i++) {
      keys.add(SpanKeys.ofTrace(traces.high()[i], traces.low()[i]));
      ids.put(high, traces.high()[i]);
      ids.put(low, traces.low()[i]);
      ids.endRow();
    }
    content.section().put(StoredSpanTables.ARRIVAL);
    content.section().putVarint(content.ownPart(bloom(keys)));
    TableEncoder.encode(ids.build(), content, Effort.QUICK);
  }

  private static ByteWriter bloom(LongSet keys) {
    ByteWriter out = new ByteWriter(1024);
    Bloom.of(keys).encode(out);
    return out;
  }

  @Override
  public Block open(StoredParts parts) {
    return new ArrivalSpanBlock(new StoredSpanTables(parts));
  }

  /** The bloom filter is made again from the trace ids; all other parts must be whole. */
  @Override
  public void rewrite(StoredParts parts, BlockContent content) {
    StoredSpanTables tables = new StoredSpanTables(parts);
    for (int i = 0; i < parts.count(); i++) {
      if (i == tables.bloomPart()) {
        content.ownPart(bloom(keys(tables)));
      } else {
        content.ownPart(parts.part(i, "part " + i));
      }
    }
    content.section().put(parts.section().bytes(), parts.section().from(), parts.section().to());
  }

  private static LongSet keys(StoredSpanTables tables) {
    LongSet keys = new LongSet();
    long[] high = tables.traces.numbers(tables.traces.field(SpanTables.Trace.HIGH));
    long[] low = tables.traces.numbers(tables.traces.field(SpanTables.Trace.LOW));
    for (int i = 0; i < tables.traces.rows(); i++) {
      keys.add(SpanKeys.ofTrace(high[i], low[i]));
    }
    return keys;
  }

  @Override
  public RunLayout runs() {
    return runs;
  }
}
