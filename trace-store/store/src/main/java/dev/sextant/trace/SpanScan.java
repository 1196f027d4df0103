package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Answers a request by spans: block after block, newest first, each a batch as it lies or, where it
 * reaches over an end of the range, the rows within. For one thread.
 */
final class SpanScan {
  private final SpanSnapshot snapshot;
  private final SpanRequest request;
  private final ScanThreads threads;
  private final Inspection inspection;

  SpanScan(SpanSnapshot snapshot, SpanRequest request, ScanThreads threads, Inspection inspection) {
    this.snapshot = snapshot;
    this.request = request;
    this.threads = threads;
    this.inspection = inspection;
  }

  /** What is done with a block's rows that start within a range. */
  interface Visit {
    /**
     * @param batch rows that start within the range, at least one
     * @return true for more blocks
     * @throws BlockDamagedException where the block turns out to be damaged
     */
    boolean with(SpanBlock block, SpanBatch batch);
  }

  void read(SpanSource.Sink sink) {
    visit(request.needs(), request.fields(), (block, batch) -> sink.accept(batch));
  }

  /** Visits the blocks with rows in the range, whatever the request needs. */
  void visit(Visit visit) {
    visit(List.of(), Set.of(), visit);
  }

  private void visit(List<SpanCondition> needs, Set<SpanField> fields, Visit visit) {
    List<SpanBlockRef> refs = refs(snapshot, request.fromNanos(), request.toNanos());
    inspection.covers(refs.size());
    List<CompiledCondition> compiled =
        needs.stream().map(TraceFields::without).map(CompiledCondition::of).toList();
    try (ReadAhead blocks = new ReadAhead(refs, compiled, fields, threads)) {
      boolean more = true;
      for (int i = 0; more && i < refs.size(); i++) {
        request.checkpoint().run();
        more = visit(refs.get(i), blocks.next(), visit);
      }
    }
  }

  private static List<SpanBlockRef> refs(SpanSnapshot snapshot, long from, long to) {
    List<SpanBlockRef> refs = new ArrayList<>(snapshot.hot());
    snapshot.runs().forEach(run -> refs.addAll(run.blocks(from, to)));
    refs.removeIf(ref -> ref.minStart() > to || ref.maxStart() < from);
    refs.sort(Comparator.comparingLong(SpanBlockRef::maxStart).reversed());
    return refs;
  }

  private boolean visit(SpanBlockRef ref, ReadAhead.Looked looked, Visit visit) {
    return switch (looked) {
      case ReadAhead.Looked.Left left -> {
        inspection.left(left);
        yield true;
      }
      case ReadAhead.Looked.Whole(SpanBlock block) -> visit(ref, block, visit);
    };
  }

  private boolean visit(SpanBlockRef ref, SpanBlock block, Visit visit) {
    try {
      inspection.lookedInto(block);
      long from = request.fromNanos();
      long to = request.toNanos();
      SpanBatch batch =
          ref.minStart() >= from && ref.maxStart() <= to
              ? new SpanBlockBatch(block)
              : within(block, from, to);
      return batch.rows() == 0 || visit.with(block, batch);
    } catch (BlockDamagedException e) {
      inspection.damaged(e);
      return true;
    } finally {
      inspection.read(block.bytesRead());
    }
  }

  private static SpanBatch within(SpanBlock block, long from, long to) {
    long[] starts = block.starts();
    int[] rows = new int[block.rows()];
    int count = 0;
    for (int row = 0; row < rows.length; row++) {
      if (starts[row] >= from && starts[row] <= to) {
        rows[count++] = row;
      }
    }
    return PickedBatch.ofRows(block, Arrays.copyOf(rows, count));
  }
}
