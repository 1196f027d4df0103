package dev.sextant.trace;

import dev.sextant.storage.TimeRange;
import dev.sextant.storage.block.BlockQuery;
import dev.sextant.storage.block.BlockRef;
import dev.sextant.storage.block.BlockSnapshot;
import dev.sextant.storage.block.BlockStore;
import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.codec.LongSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A snapshot of the blocks of a store. */
final class StoredSnapshot implements SpanSnapshot {
  private final String tenant;
  private final BlockSnapshot blocks;
  private final OpenColumns openColumns;
  private final SplitKeys splitKeys;
  private final List<SpanBlockRef> hot;
  private final List<StoredRun> runs;
  private SplitKeys.@Nullable Split split;

  private StoredSnapshot(
      String tenant,
      BlockSnapshot blocks,
      OpenColumns openColumns,
      SplitKeys splitKeys,
      RunFilters filters) {
    this.tenant = tenant;
    this.blocks = blocks;
    this.openColumns = openColumns;
    this.splitKeys = splitKeys;
    this.hot =
        blocks.blocks().stream().<SpanBlockRef>map(ref -> new Ref(ref, openColumns)).toList();
    this.runs = blocks.runs().stream().map(run -> new StoredRun(run, filters)).toList();
  }

  /** Takes a snapshot of a tenant's blocks. */
  static SpanSnapshot of(
      BlockStore store,
      String tenant,
      OpenColumns openColumns,
      SplitKeys splitKeys,
      RunFilters filters) {
    return new StoredSnapshot(
        tenant,
        store.snapshot(BlockQuery.of(tenant, TimeRange.ALL)),
        openColumns,
        splitKeys,
        filters);
  }

  @Override
  public List<SpanBlockRef> hot() {
    return hot;
  }

  @Override
  public List<SpanRun> runs() {
    return List.copyOf(runs);
  }

  @Override
  public LongSet split() {
    return splitTraces().keys();
  }

  @Override
  public void splitBlocks(Consumer<SpanBlockRef> taken) {
    splitTraces()
        .blocks()
        .forEach((run, blocks) -> blocks.stream().forEach(block -> taken.accept(run.ref(block))));
  }

  private SplitKeys.Split splitTraces() {
    SplitKeys.Split known = split;
    if (known == null) {
      Map<SplitKeys.Key, SplitKeys.Rows> rows = new LinkedHashMap<>();
      for (BlockRef ref : blocks.blocks()) {
        int count = ref.inHeap() ? -1 : ref.rows();
        rows.put(new SplitKeys.Key(tenant, ref.firstRow(), count), new RowsOf(ref));
      }
      known = splitKeys.of(tenant, runs, rows);
      split = known;
    }
    return known;
  }

  private record RowsOf(BlockRef ref) implements SplitKeys.Rows {
    @Override
    public int count() {
      return ref.rows();
    }

    @Override
    public void keys(int fromRow, LongConsumer taken) {
      switch (ref.open()) {
        case RowBlock rows -> {
          long[] high = rows.column(SpanColumns.TRACE_HIGH);
          long[] low = rows.column(SpanColumns.TRACE_LOW);
          for (int row = fromRow; row < rows.rows(); row++) {
            taken.accept(SpanKeys.ofTrace(high[row], low[row]));
          }
        }
        case ArrivalSpanBlock stored -> stored.traceKeys(taken);
        default -> throw new AssertionError("blocks of another layout");
      }
    }
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
