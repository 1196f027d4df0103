package dev.sextant.trace;

import dev.sextant.storage.TimeRange;
import dev.sextant.storage.codec.LongSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The blocks of one tenant that one query looks into: every span that was applied when it was taken
 * stands in them, in exactly one of those in order of arrival or of a run, whatever closes, is
 * sealed or dropped meanwhile. For one thread. Close it.
 */
interface SpanSnapshot extends AutoCloseable {
  /** Blocks in order of arrival, in no order among themselves. Their number is bounded. */
  List<SpanBlockRef> hot();

  /** In no order. */
  List<SpanRun> runs();

  /**
   * Keys ({@link SpanKeys#ofTrace}) of the traces with spans in two runs, or in a run and a hot
   * block; maybe of others too.
   */
  LongSet split();

  /** Gives the blocks of runs that hold a trace that is {@link #split}; maybe others too. */
  default void splitBlocks(Consumer<SpanBlockRef> taken) {
    for (long key : split().toArray()) {
      runs().forEach(run -> run.find(key, taken));
    }
  }

  /** All blocks with spans that may start in a range, in no order. */
  default List<SpanBlockRef> blocks(TimeRange range) {
    List<SpanBlockRef> blocks = new ArrayList<>(hot());
    runs().forEach(run -> blocks.addAll(run.blocks(range.fromNanos(), range.toNanos() - 1)));
    blocks.removeIf(ref -> !range.overlaps(ref.minStart(), ref.maxStart()));
    return blocks;
  }

  @Override
  void close();
}
