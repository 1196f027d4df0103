package dev.sextant.trace.model;

/**
 * What a trace's structure is told from, row by row; all that is there of each trace, in the order
 * of arrival. Arrays are shared and never written to; they may be longer than there are rows.
 *
 * @param rows how many
 * @param traceHigh upper halves of trace ids
 * @param traceLow lower halves of trace ids
 * @param spanIds never 0
 * @param parentIds 0 for none
 * @param starts nanoseconds since the epoch
 * @param durations nanoseconds; what is below 0 counts as 0
 * @param kinds OTLP's, 0 unspecified to 5 consumer
 */
@SuppressWarnings("ArrayRecordComponent")
public record TraceRows(
    int rows,
    long[] traceHigh,
    long[] traceLow,
    long[] spanIds,
    long[] parentIds,
    long[] starts,
    long[] durations,
    byte[] kinds) {
  static final int SERVER = 2;
  static final int CLIENT = 3;

  /** When a span ends; the last moment there is where it would be later. */
  long end(int row) {
    long start = starts[row];
    long end = start + Math.max(0, durations[row]);
    return end < start ? Long.MAX_VALUE : end;
  }
}
