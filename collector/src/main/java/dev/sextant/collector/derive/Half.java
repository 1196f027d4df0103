package dev.sextant.collector.derive;

import dev.sextant.trace.Span;
import org.jspecify.annotations.Nullable;

/** One side of an edge: what a span tells of a call. */
final class Half {
  final String service;
  final boolean messaging;

  /** Whether a proxy sent the span. */
  final boolean gateway;

  final boolean failed;
  final long durationNanos;

  /** What the span calls the other side, or the queue between; empty where nothing. */
  final String peer;

  /** Of what make the other side is, in lower case; empty where the span does not say. */
  final String system;

  final long traceHigh;
  final long traceLow;
  final long spanId;

  /** The later of start and end, since the epoch. */
  final long endMillis;

  /** The half that waits behind this one for the same caller. */
  @Nullable Half next;

  private Half(
      String service,
      SpanFacts span,
      boolean messaging,
      boolean gateway,
      String peer,
      String system) {
    this.service = service;
    this.messaging = messaging;
    this.gateway = gateway;
    this.failed = span.status == Span.Status.ERROR;
    this.durationNanos = span.durationNanos();
    this.peer = peer;
    this.system = system;
    this.traceHigh = span.traceHigh;
    this.traceLow = span.traceLow;
    this.spanId = span.spanId;
    this.endMillis = Math.max(span.startNanos, span.endNanos) / 1_000_000;
  }

  /** Of a request, made or served. */
  static Half request(String service, SpanFacts span, boolean gateway, String host) {
    return new Half(service, span, false, gateway, host, "");
  }

  /** Of a message, sent or received. */
  static Half message(String service, SpanFacts span, String queue, String system) {
    return new Half(service, span, true, false, queue, system);
  }

  void observe(Latency latency) {
    int bucket = latency.observe(durationNanos);
    latency.exemplify(bucket, durationNanos, traceHigh, traceLow, spanId, endMillis);
  }
}
