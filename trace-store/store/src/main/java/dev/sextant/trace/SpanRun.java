package dev.sextant.trace;

import java.util.List;
import java.util.function.Consumer;

/**
 * Trace-major blocks that were sealed together. All spans that a run holds of a trace stand
 * together in one of its blocks, each once. A block is the same object whichever method gives it.
 * For one thread, as its snapshot.
 */
interface SpanRun {
  /**
   * Blocks with traces of which some time may lie between the two (nanoseconds since the epoch,
   * both inclusive); in no order.
   */
  List<SpanBlockRef> blocks(long fromNanos, long toNanos);

  /**
   * Gives the blocks that may hold a trace: one, or none, but for two traces with one key.
   *
   * @param traceKey as {@link SpanKeys#ofTrace} makes it
   */
  void find(long traceKey, Consumer<SpanBlockRef> found);
}
