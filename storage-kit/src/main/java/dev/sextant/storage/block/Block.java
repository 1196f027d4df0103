package dev.sextant.storage.block;

/**
 * Rows of one stream: a {@link RowBlock} while it is in heap, and once it is stored what its
 * signal's {@link BlockLayout} makes of it. For one thread; valid while its {@link BlockSnapshot}
 * is open.
 */
public interface Block {
  String tenant();

  /** The service that the block's rows come from, cut after 512 characters. */
  String service();

  int rows();

  /** The earliest event time, nanoseconds since the epoch. */
  long minTime();

  /** The latest event time, nanoseconds since the epoch. */
  long maxTime();
}
