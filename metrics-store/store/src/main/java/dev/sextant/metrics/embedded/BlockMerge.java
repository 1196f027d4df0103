package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.SampleArray;
import dev.sextant.storage.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins blocks of one tenant and day into one, series by series. Damaged columns are left out,
 * logged and counted.
 */
final class BlockMerge {
  private static final Logger LOG = LoggerFactory.getLogger(BlockMerge.class);

  /** A block on the way through its series. */
  private static final class Cursor {
    private final int rank;
    private final Block block;
    private int id = -1;
    private Labels labels = Labels.EMPTY;

    Cursor(int rank, Block block) {
      this.rank = rank;
      this.block = block;
    }

    boolean next() {
      if (++id == block.series()) {
        return false;
      }
      labels = block.labels(id);
      return true;
    }

    Labels labels() {
      return labels;
    }

    int rank() {
      return rank;
    }
  }

  private final List<Block> inputs;
  private final BlockWriter out = new BlockWriter();
  private final SampleMerge samples = new SampleMerge();
  private int lost;

  /**
   * @param inputs the one whose samples win first
   */
  BlockMerge(List<Block> inputs) {
    this.inputs = inputs;
  }

  /** Chunks that could not be read. */
  int lost() {
    return lost;
  }

  long conflicts() {
    return samples.conflicts();
  }

  boolean isEmpty() {
    return out.isEmpty();
  }

  /** The joined block's bytes. */
  ByteBuffer run() {
    PriorityQueue<Cursor> queue =
        new PriorityQueue<>(Comparator.comparing(Cursor::labels).thenComparingInt(Cursor::rank));
    for (int i = 0; i < inputs.size(); i++) {
      advance(queue, new Cursor(i, inputs.get(i)));
    }
    while (!queue.isEmpty()) {
      Labels labels = queue.element().labels;
      List<SamplePart> parts = new ArrayList<>();
      while (!queue.isEmpty() && queue.element().labels.equals(labels)) {
        Cursor cursor = queue.remove();
        cursor.block.parts(cursor.id).forEach(part -> addReadable(part, labels, parts));
        advance(queue, cursor);
      }
      SampleArray joined = samples.merge(parts, Long.MIN_VALUE, Long.MAX_VALUE);
      if (joined.size() > 0) {
        out.add(labels, joined);
      }
    }
    if (lost > 0) {
      LOG.error("{} chunks in all were lost in {}", lost, inputs.get(0).path().getParent());
    }
    return out.finish(
        inputs.get(0).footer().tenant(),
        inputs.stream().mapToLong(block -> block.footer().firstRow()).min().orElse(0),
        inputs.stream().mapToLong(block -> block.footer().endRow()).max().orElse(0));
  }

  private static void advance(PriorityQueue<Cursor> queue, Cursor cursor) {
    if (cursor.next()) {
      queue.add(cursor);
    }
  }

  private void addReadable(SamplePart part, Labels labels, List<SamplePart> parts) {
    try {
      parts.add(new HeadSeries.OpenPart(part.decode()));
    } catch (StoreException damage) {
      if (lost++ == 0) {
        LOG.error(
            "{}; samples of {} from {} to {} ms are lost, and what else may follow",
            damage.getMessage(),
            labels,
            part.minMillis(),
            part.maxMillis());
      }
    }
  }
}
