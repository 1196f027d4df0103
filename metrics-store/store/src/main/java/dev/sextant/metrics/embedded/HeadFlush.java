package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.SampleArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns a head's samples into blocks, one for each day of event time. */
final class HeadFlush {
  private static final long DAY_MILLIS = 86_400_000;

  private final BlockSet blocks;
  private final Map<Long, BlockWriter> days = new TreeMap<>();
  private final SampleMerge merge = new SampleMerge();
  private final List<Block> written = new ArrayList<>();

  HeadFlush(BlockSet blocks) {
    this.blocks = blocks;
  }

  long conflicts() {
    return merge.conflicts();
  }

  /** The blocks written so far. */
  List<Block> written() {
    return written;
  }

  /**
   * Takes back what was written, as far as the disk lets it; what stays holds nothing that the head
   * does not.
   */
  void undo() {
    for (Block block : written) {
      block.release();
      blocks.discard(block);
    }
  }

  /** Writes the blocks and opens them; readers do not see them yet. Durable when it returns. */
  void run(String tenant, Head head, long firstRow, long endRow) {
    List<HeadSeries> sorted = new ArrayList<>(head.all());
    sorted.removeIf(HeadSeries::isEmpty);
    sorted.sort(Comparator.comparing(HeadSeries::labels));
    for (HeadSeries series : sorted) {
      add(series, merge.merge(series.parts(), Long.MIN_VALUE, Long.MAX_VALUE));
    }
    long sequence = blocks.nextSequence();
    days.forEach(
        (day, writer) ->
            written.add(
                blocks.write(
                    day,
                    new BlockName(sequence, sequence),
                    writer.finish(tenant, firstRow, endRow))));
  }

  private void add(HeadSeries series, SampleArray samples) {
    for (int from = 0; from < samples.size(); ) {
      long day = Math.floorDiv(samples.times()[from], DAY_MILLIS);
      int to = from + 1;
      while (to < samples.size() && Math.floorDiv(samples.times()[to], DAY_MILLIS) == day) {
        to++;
      }
      days.computeIfAbsent(day, key -> new BlockWriter())
          .add(series.labels(), RunningChunk.slice(samples, from, to));
      from = to;
    }
  }
}
