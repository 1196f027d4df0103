package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.codec.LongSet;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Answers a request by traces: blocks of runs as they lie but for traces that are split, and
 * between them, where they belong by time, windows of those that {@link TraceGathering} puts
 * together. For one thread.
 */
final class TraceScan {
  private final SpanRequest request;
  private final Inspection inspection;
  private final LongSet split;
  private final List<SpanBlockRef> ofRuns = new ArrayList<>();
  private final ReadAhead blocks;
  private final TraceGathering gathering;
  private int next;

  TraceScan(
      SpanSnapshot snapshot,
      SpanRequest request,
      TraceStoreSettings settings,
      ScanThreads threads,
      Inspection inspection) {
    this.request = request;
    this.inspection = inspection;
    this.split = snapshot.split();
    for (SpanRun run : snapshot.runs()) {
      ofRuns.addAll(run.blocks(request.fromNanos(), request.toNanos()));
    }
    ofRuns.sort(Comparator.comparingLong(SpanBlockRef::maxTraceStart).reversed());
    inspection.covers(ofRuns.size());
    List<CompiledCondition> needs = request.needs().stream().map(CompiledCondition::of).toList();
    this.blocks = new ReadAhead(ofRuns, needs, Set.of(), threads);
    this.gathering = new TraceGathering(snapshot, request, settings, inspection);
  }

  void read(SpanSource.Sink sink) {
    try (blocks) {
      give(sink);
    } finally {
      gathering.close();
    }
  }

  private void give(SpanSource.Sink sink) {
    boolean more = true;
    while (more && (next < ofRuns.size() || gathering.nextStart() > Long.MIN_VALUE)) {
      request.checkpoint().run();
      if (gathering.nextStart() >= nextOfRuns()) {
        SpanBatch batch = gathering.next(nextOfRuns());
        more = batch == null || sink.accept(batch);
      } else {
        more = give(ofRuns.get(next++), blocks.next(), sink);
      }
    }
  }

  /** When the newest trace of the blocks that are left starts; the least number for none. */
  private long nextOfRuns() {
    return next < ofRuns.size() ? ofRuns.get(next).maxTraceStart() : Long.MIN_VALUE;
  }

  private boolean give(SpanBlockRef ref, ReadAhead.Looked looked, SpanSource.Sink sink) {
    return switch (looked) {
      case ReadAhead.Looked.Left left -> {
        inspection.left(left);
        yield true;
      }
      case ReadAhead.Looked.Whole(SpanBlock block) -> give(ref, block, sink);
    };
  }

  private boolean give(SpanBlockRef ref, SpanBlock block, SpanSource.Sink sink) {
    try {
      inspection.lookedInto(block);
      long later = Math.max(nextOfRuns(), gathering.nextStart());
      if (isInRange(ref) && !gathering.mayHave(ref)) {
        return block.rows() == 0 || sink.accept(new TraceBlockBatch(block, later));
      }
      int[] traces = traces(block);
      return traces.length == 0
          || sink.accept(
              traces.length == block.traces()
                  ? new TraceBlockBatch(block, later)
                  : PickedBatch.ofTraces(block, traces, later));
    } catch (BlockDamagedException e) {
      inspection.damaged(e);
      return true;
    } finally {
      inspection.read(block.bytesRead());
    }
  }

  /** Whether every trace of a block lies in the range. */
  private boolean isInRange(SpanBlockRef ref) {
    return ref.minStart() >= request.fromNanos() && ref.maxTraceStart() <= request.toNanos();
  }

  /** Those of a block's traces that stand whole in it and lie in the range. */
  private int[] traces(SpanBlock block) {
    long[] high = block.traceHigh();
    long[] low = block.traceLow();
    long[] starts = block.starts();
    long[] durations = block.durations();
    int[] traces = new int[block.traces()];
    int count = 0;
    for (int trace = 0; trace < traces.length; trace++) {
      int from = block.traceFrom(trace);
      if (!split.contains(SpanKeys.ofTrace(high[from], low[from]))
          && starts[from] <= request.toNanos()
          && endsAfterStart(starts, durations, from, block.traceFrom(trace + 1))) {
        traces[count++] = trace;
      }
    }
    return Arrays.copyOf(traces, count);
  }

  /** Whether some of a trace's rows ends within the range or after it. */
  private boolean endsAfterStart(long[] starts, long[] durations, int from, int to) {
    for (int row = from; row < to; row++) {
      long end = starts[row] + durations[row];
      if (end >= request.fromNanos() || end < starts[row]) {
        return true;
      }
    }
    return false;
  }
}
