package dev.sextant.trace;

import dev.sextant.storage.TimeRange;
import dev.sextant.storage.block.BlockQuery;
import dev.sextant.storage.block.BlockRef;
import dev.sextant.storage.block.BlockSnapshot;
import dev.sextant.storage.block.BlockStore;
import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.codec.LongSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A snapshot of the blocks of a store. */
final class StoredSnapshot implements SpanSnapshot {
  private final String tenant;
  private final BlockSnapshot blocks;
  private final OpenColumns openColumns;
  private final List<SpanBlockRef> hot;

  private StoredSnapshot(String tenant, BlockSnapshot blocks, OpenColumns openColumns) {
    this.tenant = tenant;
    this.blocks = blocks;
    this.openColumns = openColumns;
    this.hot =
        blocks.blocks().stream().<SpanBlockRef>map(ref -> new Ref(ref, openColumns)).toList();
  }

  /** Takes a snapshot of a tenant's blocks. */
  static SpanSnapshot of(BlockStore store, String tenant, OpenColumns openColumns) {
    return new StoredSnapshot(
        tenant, store.snapshot(BlockQuery.of(tenant, TimeRange.ALL)), openColumns);
  }

  @Override
  public List<SpanBlockRef> hot() {
    return hot;
  }

  @Override
  public List<SpanRun> runs() {
    return List.of();
  }

  @Override
  public LongSet split() {
    return new LongSet();
  }

  @Override
  public void close() {
    Set<OpenColumns.Key> inHeap = new HashSet<>();
    for (BlockRef ref : blocks.blocks()) {
      if (ref.inHeap() && ref.open() instanceof RowBlock rows) {
        inHeap.add(OpenColumns.Key.of(rows));
      }
    }
    openColumns.trim(tenant, inHeap);
    blocks.close();
  }

  private record Ref(BlockRef ref, OpenColumns openColumns) implements SpanBlockRef {
    @Override
    public long minStart() {
      return ref.minTime();
    }

    @Override
    public long maxStart() {
      return ref.maxTime();
    }

    @Override
    public long maxEnd() {
      return Long.MAX_VALUE;
    }

    @Override
    public long maxTraceStart() {
      return ref.maxTime();
    }

    @Override
    public SpanBlock open() {
      return switch (ref.open()) {
        case RowBlock rows -> new RowSpanBlock(rows, openColumns.of(rows));
        case StoredSpanBlock stored -> stored;
        default -> throw new AssertionError("blocks of another layout");
      };
    }
  }
}
