package dev.sextant.collector.convert;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.ProtoWriter;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers spans of another tracer's message and writes them as one {@code
 * ExportTraceServiceRequest}: spans of equal resource and scope lie together, in the order in which
 * they were begun; resources in the order of their first span. For one thread.
 *
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto">OTLP's
 *     trace.proto</a>
 */
public final class ConvertedSpans {
  private final Map<SpanOrigin, ConvertedSpan> byOrigin = new LinkedHashMap<>();
  private int size;

  /** Begins a span. {@linkplain ConvertedSpan#end() End} it before the next one begins. */
  public ConvertedSpan begin(SpanOrigin origin) {
    size++;
    ConvertedSpan spans = byOrigin.computeIfAbsent(origin, o -> new ConvertedSpan());
    spans.begin();
    return spans;
  }

  /** Spans begun so far. */
  public int size() {
    return size;
  }

  /** Different origins so far; each takes about a kilobyte beside its spans. */
  public int origins() {
    return byOrigin.size();
  }

  /** The request, as protobuf. */
  public ByteBuffer request() {
    ProtoWriter out = new ProtoWriter();
    Map<Map<String, AttributeValue>, Map<SpanOrigin, ConvertedSpan>> byResource =
        new LinkedHashMap<>();
    byOrigin.forEach(
        (origin, spans) ->
            byResource
                .computeIfAbsent(origin.resource(), r -> new LinkedHashMap<>())
                .put(origin, spans));
    byResource.forEach(
        (resource, scopes) -> {
          int resourceSpans = out.begin(1);
          int written = out.begin(1);
          resource.forEach((key, value) -> OtlpValues.attribute(out, 1, key, value));
          out.end(written);
          scopes.forEach((origin, spans) -> scope(out, origin, spans));
          out.end(resourceSpans);
        });
    return out.written().buffer();
  }

  private static void scope(ProtoWriter out, SpanOrigin origin, ConvertedSpan spans) {
    int scopeSpans = out.begin(2);
    if (!origin.scope().isEmpty()) {
      int scope = out.begin(1);
      out.text(1, origin.scope());
      if (!origin.scopeVersion().isEmpty()) {
        out.text(2, origin.scopeVersion());
      }
      out.end(scope);
    }
    out.raw(spans.written());
    out.end(scopeSpans);
  }
}
