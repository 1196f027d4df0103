package dev.sextant.trace;

import dev.sextant.storage.block.Block;
import dev.sextant.storage.block.BlockContent;
import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.Run;
import dev.sextant.storage.block.RunLayout;
import dev.sextant.storage.block.RunRef;
import dev.sextant.storage.block.StoredParts;
import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.codec.LongSet;
import dev.sextant.storage.table.StoredTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes closed blocks of spans anew, trace by trace. */
final class SpanRuns implements RunLayout {
  private static final Logger LOG = LoggerFactory.getLogger(SpanRuns.class);

  /** The latest end of a block's traces. */
  static final String END = "end";

  /** The latest start of a block's traces. */
  static final String TRACE_START = "trace-start";

  /** Places in {@link #numbers}. */
  static final int END_PLACE = 0;

  static final int TRACE_START_PLACE = 1;

  /** A block has no more rows, but where one trace has. */
  static final int BLOCK_ROWS = 8192;

  @Override
  public List<String> numbers() {
    return List.of(END, TRACE_START);
  }

  @Override
  public Run write(
      List<StoredParts> blocks, boolean[] growing, List<RunRef> earlier, Runnable checkpoint) {
    List<StoredSpanTables> tables = blocks.stream().map(StoredSpanTables::new).toList();
    RunRows rows = new RunRows(tables, checkpoint);
    boolean[] taken = taken(rows, growing);
    RunOrder order = new RunOrder(rows, taken, checkpoint);
    int[] traces = order.traces();
    int[] traceEnds = blockEnds(order, traces);
    long firstRow = RunRest.firstRow(tables.getFirst());
    List<Run.Sealed> sealed =
        new RunWriter(rows, order, traces, traceEnds, checkpoint).write(firstRow);
    BlockContent index = index(rows, order, traces, traceEnds, earlier, checkpoint);
    return new Run(index, sealed, RunRest.write(rows, taken, checkpoint));
  }

  /**
   * By trace, whether it is in the run: those that may still grow are not, unless they are more
   * than half of all.
   */
  private static boolean[] taken(RunRows rows, boolean[] growing) {
    boolean[] taken = new boolean[rows.ids.size()];
    Arrays.fill(taken, true);
    for (int block = 0; block < growing.length; block++) {
      if (growing[block]) {
        for (int row = rows.from[block]; row < rows.from[block + 1]; row++) {
          taken[rows.traces[row]] = false;
        }
      }
    }
    int left = 0;
    for (int trace : rows.traces) {
      left += taken[trace] ? 0 : 1;
    }
    if (left > rows.rows() / 2) {
      Arrays.fill(taken, true);
    }
    return taken;
  }

  private static int[] blockEnds(RunOrder order, int[] traces) {
    int[] ends = new int[16];
    int blocks = 0;
    int rows = 0;
    for (int i = 0; i < traces.length; i++) {
      int size = order.sizes[traces[i]];
      if (rows > 0 && rows + size > BLOCK_ROWS) {
        ends = blocks == ends.length ? Arrays.copyOf(ends, blocks * 2) : ends;
        ends[blocks++] = i;
        rows = 0;
      }
      rows += size;
    }
    if (rows > 0) {
      ends = blocks == ends.length ? Arrays.copyOf(ends, blocks + 1) : ends;
      ends[blocks++] = traces.length;
    }
    return Arrays.copyOf(ends, blocks);
  }

  private static BlockContent index(
      RunRows rows,
      RunOrder order,
      int[] traces,
      int[] traceEnds,
      List<RunRef> earlier,
      Runnable checkpoint) {
    long[] keys = new long[traces.length];
    int[] blocks = new int[traces.length];
    LongSet split = new LongSet();
    int block = 0;
    for (int i = 0; i < keys.length; i++) {
      block += i == traceEnds[block] ? 1 : 0;
      int trace = traces[i];
      keys[i] = SpanKeys.ofTrace(rows.ids.high()[trace], rows.ids.low()[trace]);
      blocks[i] = block;
      if (order.repeats[trace]) {
        split.add(keys[i]);
      }
    }
    SplitTraces.inRuns(keys, earlier, split, checkpoint);
    return RunIndex.write(keys, blocks, split.toArray());
  }

  @Override
  public Block openSealed(StoredParts parts) {
    return new TraceMajorBlock(new StoredSpanTables(parts));
  }

  /** Where nobody knows any more which of its traces are split, all are. */
  @Override
  public BlockContent index(List<StoredParts> blocks, @Nullable StoredParts old) {
    List<long[]> keys = new ArrayList<>();
    int count = 0;
    for (StoredParts parts : blocks) {
      StoredTable traces = new StoredSpanTables(parts).traces;
      long[] high = traces.numbers(traces.field(SpanTables.Trace.HIGH));
      long[] low = traces.numbers(traces.field(SpanTables.Trace.LOW));
      long[] ofBlock = new long[traces.rows()];
      for (int i = 0; i < ofBlock.length; i++) {
        ofBlock[i] = SpanKeys.ofTrace(high[i], low[i]);
      }
      keys.add(ofBlock);
      count += ofBlock.length;
    }
    long[] all = new long[count];
    int[] ofBlocks = new int[count];
    int at = 0;
    for (int block = 0; block < keys.size(); block++) {
      for (long key : keys.get(block)) {
        all[at] = key;
        ofBlocks[at++] = block;
      }
    }
    return RunIndex.write(all, ofBlocks, old == null ? all : split(old, all));
  }

  private static long[] split(StoredParts old, long[] otherwise) {
    try {
      return new RunIndex(old).split();
    } catch (BlockDamagedException | CorruptDataException e) {
      LOG.warn("it is not known any more which traces of a run are split; all count as such", e);
      return otherwise;
    }
  }

  @Override
  public void rewriteSealed(StoredParts parts, BlockContent content) {
    for (int i = 0; i < parts.count(); i++) {
      content.ownPart(parts.part(i, "part " + i));
    }
    content.section().put(parts.section().bytes(), parts.section().from(), parts.section().to());
  }
}
