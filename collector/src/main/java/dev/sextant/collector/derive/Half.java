package dev.sextant.collector.derive;

import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.SpanId;
import dev.sextant.trace.Span;
import dev.sextant.trace.SpanCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One side of an edge: what a span tells of a call.
 *
 * @param peer what the span says of the other side, empty where nothing
 * @param traceIds labels of an exemplar
 * @param endMillis since the epoch
 */
record Half(
    String service,
    boolean messaging,
    boolean failed,
    long durationNanos,
    String peer,
    Labels traceIds,
    long endMillis) {
  private static final List<byte[]> DATABASE =
      keys("db.system.name", "db.system", "db.namespace", "db.name");
  private static final List<byte[]> DATABASE_NAME =
      keys(
          "peer.service",
          "db.namespace",
          "db.name",
          "server.address",
          "net.peer.name",
          "db.system.name",
          "db.system");
  private static final List<byte[]> HOST =
      keys("peer.service", "server.address", "net.peer.name", "net.peer.ip");
  private static final List<byte[]> QUEUE =
      keys("messaging.destination.name", "messaging.destination");
  private static final List<byte[]> DESTINATION =
      keys(
          "messaging.destination.name",
          "messaging.destination",
          "messaging.system",
          "server.address");

  private static List<byte[]> keys(String... names) {
    return Arrays.stream(names).map(name -> name.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** The calling side: a client or producer span. */
  static Half caller(SpanCursor span) {
    boolean producer = span.kind() == Span.Kind.PRODUCER;
    return of(span, producer, first(span, producer ? DESTINATION : HOST));
  }

  /** The called side: a server or consumer span. */
  static Half called(SpanCursor span) {
    boolean consumer = span.kind() == Span.Kind.CONSUMER;
    return of(span, consumer, consumer ? first(span, QUEUE) : "");
  }

  /** The name of the database that a client span calls, or the empty string where it calls none. */
  static String database(SpanCursor span) {
    return first(span, DATABASE).isEmpty() ? "" : first(span, DATABASE_NAME);
  }

  private static Half of(SpanCursor span, boolean messaging, String peer) {
    return new Half(
        span.service(),
        messaging,
        span.status() == Span.Status.ERROR,
        span.durationNanos(),
        peer,
        traceIds(span),
        Math.max(span.startNanos(), span.endNanos()) / 1_000_000);
  }

  static Labels traceIds(SpanCursor span) {
    return Labels.of("trace_id", span.traceId().toString(), "span_id", SpanId.toHex(span.spanId()));
  }

  private static String first(SpanCursor span, List<byte[]> keys) {
    for (byte[] key : keys) {
      AttributeValue value = span.attribute(key);
      if (value != null && !value.asText().isEmpty()) {
        return value.asText();
      }
    }
    return "";
  }
}
