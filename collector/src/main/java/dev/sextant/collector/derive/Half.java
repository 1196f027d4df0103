package dev.sextant.collector.derive;

import dev.sextant.trace.Span;
import org.jspecify.annotations.Nullable;

/** One side of an edge: what a span tells of a call. */
final class Half {
  final String service;
  final boolean messaging;
  final boolean failed;
  final long durationNanos;

  /** What the span says of the other side, empty where nothing. */
  final String peer;

  final long traceHigh;
  final long traceLow;
  final long spanId;

  /** The later of start and end, since the epoch. */
  final long endMillis;

  /** The half that waits behind this one for the same caller. */
  @Nullable Half next;

  Half(String service, SpanFacts span, boolean messaging, String peer) {
    this.service = service;
    this.messaging = messaging;
    this.failed = span.status == Span.Status.ERROR;
    this.durationNanos = span.durationNanos();
    this.peer = peer;
    this.traceHigh = span.traceHigh;
    this.traceLow = span.traceLow;
    this.spanId = span.spanId;
    this.endMillis = Math.max(span.startNanos, span.endNanos) / 1_000_000;
  }

  void observe(Latency latency) {
    int bucket = latency.observe(durationNanos);
    latency.exemplify(bucket, durationNanos, traceHigh, traceLow, spanId, endMillis);
  }
}
