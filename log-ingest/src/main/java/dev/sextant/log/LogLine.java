package dev.sextant.log;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.TraceId;

/**
 * One log record, every field of OTLP's.
 *
 * @param timeNanos when it happened, since the epoch; the observed time where the sender gave none,
 *     else the time of arrival
 * @param observedNanos 0 where not sent
 * @param severity OTLP's number, 0 for unknown, 1 to 24
 * @param severityText as sent, may be empty
 * @param traceId {@link TraceId#NONE} and {@code spanId} 0 outside of a trace
 * @param row the line's number in the journal, which names this very line for ever
 */
public record LogLine(
    long timeNanos,
    long observedNanos,
    int severity,
    String severityText,
    AttributeValue body,
    Attributes attributes,
    int droppedAttributes,
    TraceId traceId,
    long spanId,
    int flags,
    String eventName,
    Resource resource,
    Scope scope,
    long row) {

  public Level level() {
    return Level.of(severity, severityText);
  }

  public String service() {
    return resource.service();
  }
}
