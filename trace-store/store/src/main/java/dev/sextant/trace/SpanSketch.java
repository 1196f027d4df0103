package dev.sextant.trace;

/**
 * What a summary needs of a span.
 *
 * @param row tells the spans of a trace apart, and orders those that start together
 * @param failed whether its status is error
 * @param callsDatabase whether it is a client's and names a database or cache
 * @param durationNanos never below 0
 */
public record SpanSketch(
    long row,
    long spanId,
    long parentSpanId,
    Span.Kind kind,
    boolean failed,
    boolean callsDatabase,
    long startNanos,
    long durationNanos,
    String service,
    String name) {

  /** Start plus duration. */
  public long endNanos() {
    return startNanos + durationNanos;
  }
}
