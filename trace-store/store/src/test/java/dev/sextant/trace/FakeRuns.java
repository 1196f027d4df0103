package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.codec.LongSet;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Runs of trace-major blocks made of what other sources hold, and a snapshot of them beside hot
 * blocks.
 */
final class FakeRuns {
  private FakeRuns() {}

  /**
   * A run of all that a source holds, some traces to a block.
   *
   * @param source whose batches can be read after their sink
   * @param firstRow a number for its first row
   */
  static FakeRun of(SpanSource source, long firstRow) {
    Set<SpanField.Attribute> attributes =
        Set.copyOf(
            source.attributes(
                0, Long.MAX_VALUE, EnumSet.allOf(SpanField.Scope.class), 1000, () -> {}));
    FakeRun run = new FakeRun(new ArrayList<>(), new HashMap<>());
    long[] row = {firstRow};
    source.read(
        new SpanRequest(SpanRequest.Unit.TRACES, 0, Long.MAX_VALUE, List.of(), Set.of(), () -> {}),
        batch -> {
          FakeBlock block = new FakeBlock(batch, attributes, row[0]);
          run.blocks.add(block);
          row[0] += batch.rows();
          for (int at = 0; at < batch.rows(); at++) {
            run.byTrace.put(SpanKeys.ofTrace(batch.traceHigh()[at], batch.traceLow()[at]), block);
          }
          return true;
        });
    return run;
  }

  record FakeRun(List<FakeBlock> blocks, Map<Long, FakeBlock> byTrace) implements SpanRun {
    @Override
    public List<SpanBlockRef> blocks(long fromNanos, long toNanos) {
      return blocks.stream()
          .filter(block -> block.minStart() <= toNanos && block.maxEnd() >= fromNanos)
          .<SpanBlockRef>map(block -> block)
          .toList();
    }

    @Override
    public void find(long traceKey, Consumer<SpanBlockRef> found) {
      FakeBlock block = byTrace.get(traceKey);
      if (block != null) {
        found.accept(block);
      }
    }
  }

  /** Runs beside the hot blocks of another snapshot. */
  record FakeSnapshot(SpanSnapshot others, List<FakeRun> sealed) implements SpanSnapshot {
    @Override
    public List<SpanBlockRef> hot() {
      return others.hot();
    }

    @Override
    public List<SpanRun> runs() {
      return List.copyOf(sealed);
    }

    @Override
    public LongSet split() {
      LongSet split = new LongSet();
      Set<Long> seen = new HashSet<>();
      for (SpanBlockRef ref : hot()) {
        SpanBlock block = ref.open();
        for (int row = 0; row < block.rows(); row++) {
          seen.add(SpanKeys.ofTrace(block.traceHigh()[row], block.traceLow()[row]));
        }
      }
      for (FakeRun run : sealed) {
        for (Long key : run.byTrace.keySet()) {
          if (!seen.add(key)) {
            split.add(key);
          }
        }
      }
      return split;
    }

    @Override
    public void close() {
      others.close();
    }
  }

  /** A block made of a batch by traces. */
  static final class FakeBlock implements SpanBlock, SpanBlockRef {
    private final SpanBatch batch;
    private final Set<SpanField.Attribute> attributes;
    private final long firstRow;
    boolean damaged;

    FakeBlock(SpanBatch batch, Set<SpanField.Attribute> attributes, long firstRow) {
      this.batch = batch;
      this.attributes = attributes;
      this.firstRow = firstRow;
    }

    @Override
    public SpanBlock open() {
      return this;
    }

    @Override
    public int rows() {
      return batch.rows();
    }

    @Override
    public SpanColumn column(SpanField field) {
      if (damaged) {
        throw new BlockDamagedException("a fake block is damaged");
      }
      return batch.column(field);
    }

    @Override
    public long[] traceHigh() {
      return batch.traceHigh();
    }

    @Override
    public long[] traceLow() {
      return batch.traceLow();
    }

    @Override
    public long[] spanIds() {
      return batch.spanIds();
    }

    @Override
    public long[] parentIds() {
      return longs(
          Intrinsic.PARENT_ID,
          value ->
              value instanceof SpanValue.Text(String hex) ? Long.parseUnsignedLong(hex, 16) : 0);
    }

    @Override
    public long[] starts() {
      return longs(Intrinsic.START, FakeBlock::number);
    }

    @Override
    public long[] durations() {
      return longs(Intrinsic.DURATION, FakeBlock::number);
    }

    @Override
    public long[] kinds() {
      return longs(Intrinsic.KIND, FakeBlock::number);
    }

    private static long number(SpanValue value) {
      return ((SpanValue.Int) value).value();
    }

    private long[] longs(SpanField field, ToLongFunction<SpanValue> part) {
      long[] values = new long[rows()];
      for (int row = 0; row < values.length; row++) {
        values[row] = part.applyAsLong(SpanColumn.value(batch.column(field), row));
      }
      return values;
    }

    @Override
    public long[] rowNumbers() {
      long[] numbers = new long[rows()];
      for (int row = 0; row < numbers.length; row++) {
        numbers[row] = firstRow + row;
      }
      return numbers;
    }

    @Override
    public Span decode(int row) {
      throw new UnsupportedOperationException("a fake block keeps columns only");
    }

    @Override
    public boolean mightContainTrace(long high, long low) {
      return true;
    }

    @Override
    public boolean mightMatch(CompiledCondition condition) {
      return true;
    }

    @Override
    public Collection<SpanField.Attribute> attributes() {
      return attributes;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public int traces() {
      return batch.traces();
    }

    @Override
    public int traceFrom(int trace) {
      return batch.traceFrom(trace);
    }

    @Override
    public int[] parents() {
      return batch.parents();
    }

    @Override
    public long minStart() {
      return min(starts());
    }

    private static long min(long[] values) {
      return Arrays.stream(values).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public long maxStart() {
      return Arrays.stream(starts()).max().orElse(Long.MIN_VALUE);
    }

    @Override
    public long maxEnd() {
      long[] starts = starts();
      long[] durations = durations();
      long max = Long.MIN_VALUE;
      for (int row = 0; row < starts.length; row++) {
        max = Math.max(max, starts[row] + durations[row]);
      }
      return max;
    }

    @Override
    public long maxTraceStart() {
      long max = Long.MIN_VALUE;
      for (int trace = 0; trace < traces(); trace++) {
        max = Math.max(max, starts()[traceFrom(trace)]);
      }
      return max;
    }
  }
}
