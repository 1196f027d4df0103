package dev.sextant.trace;

import dev.sextant.storage.block.Block;
import dev.sextant.storage.block.BlockContent;
import dev.sextant.storage.block.BlockLayout;
import dev.sextant.storage.block.BlockSchema;
import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.block.StoredParts;
import dev.sextant.storage.codec.Bloom;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.codec.Effort;
import dev.sextant.storage.codec.LongSet;
import dev.sextant.storage.table.Numbers;
import dev.sextant.storage.table.Table;
import dev.sextant.storage.table.TableEncoder;

/** Keeps closed blocks of spans as columns; {@code docs/format/block.md} describes the bytes. */
final class SpanLayout implements BlockLayout {
  @Override
  public BlockSchema schema() {
    return SpanColumns.SCHEMA;
  }

  @Override
  public void write(RowBlock block, BlockContent content) {
    write(SpanTablesBuilder.of(block), content);
  }

  private static void write(SpanTables tables, BlockContent content) {
    content.section().put(StoredSpanTables.ARRIVAL);
    content.section().putVarint(content.part(bloom(tables.traces())));
    TableEncoder.encode(tables.traces(), content, Effort.QUICK);
    TableEncoder.encode(tables.resources(), content, Effort.QUICK);
    TableEncoder.encode(tables.scopes(), content, Effort.QUICK);
    TableEncoder.encode(tables.spans(), content, Effort.QUICK);
    TableEncoder.encode(tables.events(), content, Effort.QUICK);
    TableEncoder.encode(tables.links(), content, Effort.QUICK);
  }

  private static ByteWriter bloom(Table traces) {
    LongSet keys = new LongSet();
    if (traces.columns().get(0).values() instanceof Numbers(long[] high)
        && traces.columns().get(1).values() instanceof Numbers(long[] low)) {
      for (int i = 0; i < traces.rows(); i++) {
        keys.add(SpanKeys.ofTrace(high[i], low[i]));
      }
    }
    ByteWriter out = new ByteWriter(1024);
    Bloom.of(keys).encode(out);
    return out;
  }

  @Override
  public Block open(StoredParts parts) {
    return new StoredSpanBlock(new StoredSpanTables(parts));
  }

  /** The bloom filter is made again from the trace ids; all other parts must be whole. */
  @Override
  public void rewrite(StoredParts parts, BlockContent content) {
    StoredSpanTables tables = new StoredSpanTables(parts);
    for (int i = 0; i < parts.count(); i++) {
      content.part(i == tables.bloomPart() ? bloom(tables) : parts.part(i, "part " + i).copy());
    }
    content.section().put(parts.section().bytes(), parts.section().from(), parts.section().to());
  }

  private static byte[] bloom(StoredSpanTables tables) {
    LongSet keys = new LongSet();
    long[] high = tables.traces.numbers(tables.traces.field(SpanTables.Trace.HIGH));
    long[] low = tables.traces.numbers(tables.traces.field(SpanTables.Trace.LOW));
    for (int i = 0; i < tables.traces.rows(); i++) {
      keys.add(SpanKeys.ofTrace(high[i], low[i]));
    }
    ByteWriter out = new ByteWriter(1024);
    Bloom.of(keys).encode(out);
    return out.toByteArray();
  }
}
