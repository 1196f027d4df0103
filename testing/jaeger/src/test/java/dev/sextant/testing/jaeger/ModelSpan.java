package dev.sextant.testing.jaeger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.storage.otlp.ProtoWriter;
import dev.sextant.storage.otlp.Slice;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;

/** Writes a span of Jaeger's model, as its fixtures have it in JSON, as protobuf. */
final class ModelSpan {
  private static final List<String> TYPES = List.of("STRING", "BOOL", "INT64", "FLOAT64", "BINARY");

  private final ProtoWriter out = new ProtoWriter();
  private final String trace;
  private final byte[] high;

  private ModelSpan(String trace, byte[] high) {
    this.trace = trace;
    this.high = high;
  }

  /**
   * A {@code PostSpansRequest} of one span.
   *
   * @param high the first 8 bytes of its trace's id, instead of its own
   */
  static byte[] request(JsonNode span, byte[] high) {
    ModelSpan writer = new ModelSpan(span.path("traceId").asText(), high);
    ProtoWriter out = writer.out;
    int batch = out.begin(1);
    int written = out.begin(1);
    writer.span(span);
    out.end(written);
    out.end(batch);
    return out.toByteArray();
  }

  private void span(JsonNode span) {
    traceId(1, trace);
    bytes(2, span.path("spanId").asText());
    out.text(3, span.path("operationName").asText());
    for (JsonNode reference : span.path("references")) {
      int begun = out.begin(4);
      traceId(1, reference.path("traceId").asText());
      bytes(2, reference.path("spanId").asText());
      out.varint(3, reference.path("refType").asText().equals("FOLLOWS_FROM") ? 1 : 0);
      out.end(begun);
    }
    time(6, span.path("startTime").asText());
    int duration = out.begin(7);
    out.varint(2, Long.parseLong(span.path("duration").asText().replace("ns", "")));
    out.end(duration);
    span.path("tags").forEach(tag -> tag(8, tag));
    for (JsonNode log : span.path("logs")) {
      int begun = out.begin(9);
      time(1, log.path("timestamp").asText());
      log.path("fields").forEach(field -> tag(2, field));
      out.end(begun);
    }
    int process = out.begin(10);
    out.text(1, span.at("/process/serviceName").asText());
    out.end(process);
    span.path("warnings").forEach(warning -> out.text(12, warning.asText()));
  }

  private void traceId(int field, String base64) {
    byte[] id = Base64.getDecoder().decode(base64);
    if (base64.equals(trace)) {
      System.arraycopy(high, 0, id, 0, 8);
    }
    out.delimited(field, Slice.of(id));
  }

  private void bytes(int field, String base64) {
    out.delimited(field, Slice.of(Base64.getDecoder().decode(base64)));
  }

  private void time(int field, String text) {
    Instant time = OffsetDateTime.parse(text).toInstant();
    int begun = out.begin(field);
    out.varint(1, time.getEpochSecond());
    out.varint(2, time.getNano());
    out.end(begun);
  }

  private void tag(int field, JsonNode tag) {
    int begun = out.begin(field);
    out.text(1, tag.path("key").asText());
    out.varint(2, Math.max(0, TYPES.indexOf(tag.path("vType").asText())));
    if (tag.has("vStr")) {
      out.text(3, tag.path("vStr").asText());
    }
    out.varint(4, tag.path("vBool").asBoolean() ? 1 : 0);
    out.varint(5, tag.path("vInt64").asLong());
    out.fixed64(6, Double.doubleToRawLongBits(tag.path("vFloat64").asDouble()));
    if (tag.has("vBinary")) {
      bytes(7, tag.path("vBinary").asText());
    }
    out.end(begun);
  }
}
