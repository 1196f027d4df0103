package dev.sextant.trace;

/**
 * What a summary needs of a span.
 *
 * @param durationNanos never below 0
 */
record SpanSketch(
    long row,
    long spanId,
    long parentSpanId,
    Span.Kind kind,
    boolean failed,
    long startNanos,
    long durationNanos,
    String service,
    String name) {

  long endNanos() {
    return startNanos + durationNanos;
  }
}
