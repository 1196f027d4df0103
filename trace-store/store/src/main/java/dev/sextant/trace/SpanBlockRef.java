package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;

/** A block of spans that a query may have to open. Times are nanoseconds since the epoch. */
interface SpanBlockRef {
  /** The earliest start of a span. */
  long minStart();

  /** The latest start of a span. */
  long maxStart();

  /** The latest end of a span, or a later time. */
  long maxEnd();

  /** The latest start of a trace, or a later time; {@link #maxStart()} where it is not kept. */
  long maxTraceStart();

  /**
   * Opens the block for one thread.
   *
   * @throws BlockDamagedException where its header cannot be read
   */
  SpanBlock open();
}
