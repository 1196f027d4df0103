package dev.sextant.trace;

import dev.sextant.storage.codec.LongSet;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.TraceStructure;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts together the traces that do not stand whole in one block of a run: those with spans in hot
 * blocks, and those that are split. It goes through the blocks from the newest to the oldest, some
 * at a time and ever more; looks for spans that meet the needs; and gives the traces that meet
 * every one window by window, so that only one window's spans are held. A trace that is found later
 * has a span in a block that was not gone through yet, and so starts no later than that block's
 * spans do. For one thread.
 */
final class TraceGathering {
  /** Below so many traces, a block's bloom filter is asked for each before its rows are read. */
  private static final int FEW_TRACES = 512;

  private static final int MAX_NEEDS = 63;
  private static final int FIRST_BLOCKS = 4;
  private static final int FIRST_WINDOW = 2048;

  private final SpanRequest request;
  private final List<CompiledCondition> needs;
  private final LongSet split;
  private final TraceStoreSettings settings;
  private final Inspection inspection;

  /** The blocks in order of arrival, then those of runs that split traces are in. */
  private final BlockPool pool;

  private final int hotBlocks;

  /** Numbers of the blocks in the pool, those with the latest start first. */
  private final int[] newestFirst;

  private final TraceCandidates candidates;
  private final TraceCandidates.NewestFirst waiting;
  private int searched;
  private int atOnce = FIRST_BLOCKS;
  private int window = FIRST_WINDOW;

  TraceGathering(
      SpanSnapshot snapshot,
      SpanRequest request,
      TraceStoreSettings settings,
      Inspection inspection) {
    this.request = request;
    this.needs =
        request.needs().stream()
            .limit(MAX_NEEDS)
            .map(TraceFields::without)
            .map(CompiledCondition::of)
            .toList();
    this.split = snapshot.split();
    this.settings = settings;
    this.inspection = inspection;
    this.pool = new BlockPool(inspection, settings.maxQueryBytes());
    this.candidates = new TraceCandidates(needs.size());
    this.waiting = candidates.new NewestFirst();
    snapshot.hot().forEach(pool::add);
    this.hotBlocks = pool.size();
    snapshot.splitBlocks(pool::add);
    inspection.covers(pool.size());
    this.newestFirst =
        IntStream.range(0, pool.size())
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer number) -> pool.ref(number).maxStart())
                    .reversed())
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Whether a block of a run may have a trace that is put together here. */
  boolean mayHave(SpanBlockRef ofRun) {
    return pool.has(ofRun);
  }

  /** Goes through the next blocks, and measures the traces that now meet every need. */
  private void search() {
    int end = Math.min(newestFirst.length, searched + atOnce);
    atOnce *= 2;
    while (searched < end) {
      request.checkpoint().run();
      int number = newestFirst[searched++];
      pool.use(number, block -> findTraces(number, block));
    }
    int[] fresh = candidates.takeFresh();
    if (fresh.length == 0) {
      return;
    }
    BitSet measured = new BitSet();
    for (int trace : fresh) {
      measured.set(trace);
    }
    for (int number = 0; number < pool.size(); number++) {
      request.checkpoint().run();
      int each = number;
      pool.use(number, block -> measure(each, block, fresh, measured));
    }
    for (int trace : fresh) {
      if (candidates.isIn(trace, request.fromNanos(), request.toNanos())) {
        waiting.add(trace);
      }
    }
  }

  /** Whether a row may be of a trace that is put together here. */
  private boolean isOurs(int number, long high, long low) {
    return number < hotBlocks || split.contains(SpanKeys.ofTrace(high, low));
  }

  private void findTraces(int number, SpanBlock block) {
    if (needs.isEmpty()) {
      pool.lookInto(number, block);
      long[] high = block.traceHigh();
      long[] low = block.traceLow();
      for (int row = 0; row < block.rows(); row++) {
        if (isOurs(number, high[row], low[row])) {
          candidates.add(high[row], low[row]);
        }
      }
    }
    for (int need = 0; need < needs.size(); need++) {
      if (block.mightMatch(needs.get(need))) {
        pool.lookInto(number, block);
        note(number, block, need, needs.get(need).rows(block::column, block.rows()));
      }
    }
  }

  private void note(int number, SpanBlock block, int need, RowSet rows) {
    if (rows.isEmpty()) {
      return;
    }
    long[] high = block.traceHigh();
    long[] low = block.traceLow();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (isOurs(number, high[row], low[row])) {
        candidates.meets(high[row], low[row], need);
      }
    }
  }

  private void measure(int number, SpanBlock block, int[] traces, BitSet measured) {
    if (!mightContain(block, traces)) {
      return;
    }
    pool.lookInto(number, block);
    long[] high = block.traceHigh();
    long[] low = block.traceLow();
    long[] starts = block.starts();
    long[] durations = block.durations();
    long[] arrivals = block.rowNumbers();
    for (int row = 0; row < block.rows(); row++) {
      int trace = candidates.find(high[row], low[row]);
      if (trace >= 0 && measured.get(trace)) {
        candidates.addRow(trace, arrivals[row], starts[row], durations[row]);
      }
    }
  }

  private boolean mightContain(SpanBlock block, int[] traces) {
    if (traces.length > FEW_TRACES) {
      return true;
    }
    for (int trace : traces) {
      if (block.mightContainTrace(candidates.high(trace), candidates.low(trace))) {
        return true;
      }
    }
    return false;
  }

  /** No trace that is still to be given starts later; the least number where none is left. */
  long nextStart() {
    long found = waiting.isEmpty() ? Long.MIN_VALUE : candidates.latestStart(waiting.peek());
    return searched == newestFirst.length
        ? found
        : Math.max(found, pool.ref(newestFirst[searched]).maxStart());
  }

  /**
   * The next traces, the newest that are known of; null where none is known now that lies in the
   * range, is not too large, and has a span that is not damaged.
   *
   * @param otherStart when the newest trace starts that is given elsewhere: a window ends there
   *     once it is worth while
   */
  @Nullable SpanBatch next(long otherStart) {
    if (waiting.isEmpty() && searched < newestFirst.length) {
      search();
    }
    BitSet chosen = new BitSet();
    int rows = 0;
    while (!waiting.isEmpty() && rows < window) {
      int trace = waiting.peek();
      if (rows > FIRST_WINDOW / 2 && candidates.latestStart(trace) < otherStart) {
        break;
      }
      waiting.take();
      if (candidates.rows(trace) > settings.maxTraceSpans()) {
        inspection.tooLarge(
            new TraceId(candidates.high(trace), candidates.low(trace)),
            candidates.rows(trace),
            settings.maxTraceSpans());
      } else {
        chosen.set(trace);
        rows += candidates.rows(trace);
      }
    }
    window = Math.min(window * 2, settings.maxBatchSpans());
    return chosen.isEmpty() ? null : batch(chosen, Math.max(nextStart(), otherStart));
  }

  private @Nullable SpanBatch batch(BitSet chosen, long laterStart) {
    GatheredRows rows = gather(chosen).byArrival();
    while (rows.size() > 0) {
      Map<Integer, SpanBlock> blocks = new LinkedHashMap<>();
      int damaged = openBlocks(rows, blocks);
      if (damaged < 0) {
        TraceStructure structure =
            GatheredTraces.structure(rows, request.fromNanos(), request.toNanos());
        return structure.traces() == 0
            ? null
            : new GatheredTraces(rows, structure, blocks, laterStart);
      }
      rows = rows.without(damaged);
    }
    return null;
  }

  /** Rows of the chosen traces, of the blocks that lie in the time they do. */
  private GatheredRows gather(BitSet chosen) {
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (int trace = chosen.nextSetBit(0); trace >= 0; trace = chosen.nextSetBit(trace + 1)) {
      from = Math.min(from, candidates.earliest(trace));
      to = Math.max(to, candidates.latest(trace));
    }
    int[] traces = chosen.stream().toArray();
    GatheredRows rows = new GatheredRows();
    for (int number = 0; number < pool.size(); number++) {
      if (pool.ref(number).maxStart() >= from && pool.ref(number).minStart() <= to) {
        request.checkpoint().run();
        int each = number;
        pool.use(
            number,
            block -> {
              if (mightContain(block, traces)) {
                gather(each, block, chosen, rows);
              }
            });
      }
    }
    return rows;
  }

  private void gather(int number, SpanBlock block, BitSet chosen, GatheredRows into) {
    long[] high = block.traceHigh();
    long[] low = block.traceLow();
    int[] rows = new int[block.rows()];
    int count = 0;
    for (int row = 0; row < rows.length; row++) {
      int trace = candidates.find(high[row], low[row]);
      if (trace >= 0 && chosen.get(trace)) {
        rows[count++] = row;
      }
    }
    if (count > 0) {
      into.add(number, block, rows, count);
    }
  }

  /**
   * Opens the blocks that rows are of and reads what will be asked of them, so that what is damaged
   * is known before anything is given; the number of one that is damaged, or -1.
   */
  private int openBlocks(GatheredRows rows, Map<Integer, SpanBlock> into) {
    for (int at = 0; at < rows.size(); at++) {
      int number = rows.block(at);
      if (!into.containsKey(number)) {
        request.checkpoint().run();
        boolean whole =
            pool.use(
                number,
                block -> {
                  request.fields().forEach(field -> ReadAhead.touch(block.column(field)));
                  into.put(number, block);
                });
        if (!whole) {
          return number;
        }
      }
    }
    return -1;
  }

  /** Nothing more is asked for. */
  void close() {
    pool.close();
  }
}
