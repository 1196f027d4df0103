package dev.sextant.trace;

import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.TraceId;
import java.util.List;

/**
 * One span, every field of OTLP's.
 *
 * @param parentSpanId 0 for a root
 * @param startNanos since the epoch
 * @param endNanos since the epoch; may lie before the start where the sender said so
 * @param flags OTLP's 32 bits: W3C trace flags and whether the parent is remote
 * @param row tells spans of one trace apart, the ones that arrived earlier by lower numbers: the
 *     span's number in the journal, in the embedded store until it is sealed
 */
public record Span(
    TraceId traceId,
    long spanId,
    long parentSpanId,
    String name,
    Kind kind,
    long startNanos,
    long endNanos,
    Status status,
    String statusMessage,
    Attributes attributes,
    int droppedAttributes,
    List<Event> events,
    int droppedEvents,
    List<Link> links,
    int droppedLinks,
    String traceState,
    int flags,
    Resource resource,
    Scope scope,
    long row) {

  /** In the order of OTLP's numbers, 0 to 5. */
  public enum Kind {
    UNSPECIFIED,
    INTERNAL,
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER
  }

  /** In the order of OTLP's numbers, 0 to 2. */
  public enum Status {
    UNSET,
    OK,
    ERROR
  }

  public record Event(long timeNanos, String name, Attributes attributes, int droppedAttributes) {}

  public record Link(
      TraceId traceId,
      long spanId,
      String traceState,
      Attributes attributes,
      int droppedAttributes,
      int flags) {}

  public Span {
    events = List.copyOf(events);
    links = List.copyOf(links);
  }

  /** End minus start in nanoseconds, never below 0. */
  public long durationNanos() {
    return Math.max(0, endNanos - startNanos);
  }

  public String service() {
    return resource.service();
  }
}
