package dev.sextant.trace;

import dev.sextant.storage.otlp.TraceId;
import java.util.List;

/**
 * The spans of one trace that the store holds, by start time; a span that was sent twice stands
 * once.
 */
public record Trace(TraceId traceId, List<Span> spans) {
  public Trace {
    spans = List.copyOf(spans);
  }
}
