package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request by spans: block after block, newest first, each a batch as it lies or, where it
 * reaches over an end of the range, the rows within. For one thread.
 */
final class SpanScan {
  private final SpanSnapshot snapshot;
  private final SpanRequest request;
  private final Inspection inspection;

  SpanScan(SpanSnapshot snapshot, SpanRequest request, Inspection inspection) {
    this.snapshot = snapshot;
    this.request = request;
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
    visit(
        snapshot,
        request.fromNanos(),
        request.toNanos(),
        request.needs(),
        request.checkpoint(),
        inspection,
        (block, batch) -> sink.accept(batch));
  }

  /** Visits the blocks that may have a row that starts between two times and meets every need. */
  static void visit(
      SpanSnapshot snapshot,
      long from,
      long to,
      List<SpanCondition> needs,
      Runnable checkpoint,
      Inspection inspection,
      Visit visit) {
    List<SpanBlockRef> refs = refs(snapshot, from, to);
    inspection.covers(refs.size());
    boolean more = true;
    for (int i = 0; more && i < refs.size(); i++) {
      checkpoint.run();
      more = visit(refs.get(i), from, to, needs, inspection, visit);
    }
  }

  private static List<SpanBlockRef> refs(SpanSnapshot snapshot, long from, long to) {
    List<SpanBlockRef> refs = new ArrayList<>(snapshot.hot());
    snapshot.runs().forEach(run -> refs.addAll(run.blocks(from, to)));
    refs.removeIf(ref -> ref.minStart() > to || ref.maxStart() < from);
    refs.sort(Comparator.comparingLong(SpanBlockRef::maxStart).reversed());
    return refs;
  }

  private static boolean visit(
      SpanBlockRef ref,
      long from,
      long to,
      List<SpanCondition> needs,
      Inspection inspection,
      Visit visit) {
    SpanBlock block = null;
    try {
      block = ref.open();
      for (SpanCondition need : needs) {
        if (!block.mightMatch(need)) {
          return true;
        }
      }
      inspection.lookedInto(block);
      SpanBatch batch =
          ref.minStart() >= from && ref.maxStart() <= to
              ? new SpanBlockBatch(block)
              : within(block, from, to);
      return batch.rows() == 0 || visit.with(block, batch);
    } catch (BlockDamagedException e) {
      inspection.damaged(e);
      return true;
    } finally {
      inspection.read(bytesRead(block));
    }
  }

  private static long bytesRead(@Nullable SpanBlock block) {
    return block == null ? 0 : block.bytesRead();
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
