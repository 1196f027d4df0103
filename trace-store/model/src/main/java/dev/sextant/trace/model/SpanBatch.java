package dev.sextant.trace.model;

/**
 * Rows of spans, read by columns. Valid only until the sink it was given to returns; for one
 * thread.
 */
public interface SpanBatch {
  /** Parent of a span that names none. */
  int ROOT = -1;

  /** Parent of a span that names one which is not there. */
  int MISSING = -2;

  /** How many spans. */
  int rows();

  /** A field of the request. Decoded when it is asked for, and only once. */
  SpanColumn column(SpanField field);

  /** Each row's trace id, its upper half. */
  long[] traceHigh();

  /** Each row's trace id, its lower half. */
  long[] traceLow();

  /** Each row's span id. */
  long[] spanIds();

  // By TRACES only:

  /** How many traces; 0 for a batch by SPANS. */
  int traces();

  /**
   * Where a trace's rows begin; they end where the next one's begin, the last one's at {@link
   * #rows()}. Within a trace rows stand by start, in full as {@link TraceStructure} orders them.
   *
   * @param trace 0 to {@link #traces()}, the last for the end
   */
  int traceFrom(int trace);

  /**
   * For each row the row of its parent in this batch, {@link #ROOT} or {@link #MISSING}. Never a
   * cycle: a span in a ring of parents has its parent {@link #MISSING}.
   */
  int[] parents();

  /**
   * No trace in a later batch has its first span start after this; nanoseconds since the epoch.
   * {@link Long#MIN_VALUE} where no batch with a trace follows.
   */
  long laterStartNanos();
}
