package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.otlp.AttributeValue;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanCursorTest {
  @Test
  void decode_givesEveryFieldThatProtobufDoes() {
    for (int seed = 0; seed < 300; seed++) {
      ExportTraceServiceRequest request = new RandomTraces(seed).request();
      assertThat(decodeAll(request.toByteArray(), 7))
          .as("seed %d", seed)
          .isEqualTo(ProtoSpans.of(request, 7));
    }
  }

  @Test
  void plainFields_areThoseOfTheDecodedSpan() {
    for (int seed = 0; seed < 100; seed++) {
      byte[] request = new RandomTraces(seed).request().toByteArray();
      List<Span> spans = decodeAll(request, 0);
      SpanCursor cursor = new SpanCursor(ByteBuffer.wrap(request));
      for (Span span : spans) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.index()).isEqualTo((int) span.row());
        assertThat(cursor.traceId()).isEqualTo(span.traceId());
        assertThat(cursor.spanId()).isEqualTo(span.spanId());
        assertThat(cursor.parentSpanId()).isEqualTo(span.parentSpanId());
        assertThat(cursor.name()).isEqualTo(span.name());
        assertThat(cursor.kind()).isEqualTo(span.kind());
        assertThat(cursor.status()).isEqualTo(span.status());
        assertThat(cursor.startNanos()).isEqualTo(span.startNanos());
        assertThat(cursor.endNanos()).isEqualTo(span.endNanos());
        assertThat(cursor.service()).isEqualTo(span.service());
        assertThat(cursor.attribute("a1")).isEqualTo(span.attributes().get("a1"));
        assertThat(cursor.attribute("absent")).isNull();
        assertThat(cursor.resourceAttribute("r1"))
            .isEqualTo(span.resource().attributes().get("r1"));
      }
      assertThat(cursor.next()).isFalse();
    }
  }

  @Test
  void resource_isFoundBehindItsSpans() {
    // A group with its fields in reverse: schema URL, scope with a span, resource of service "x".
    byte[] keyValue = message(1, "service.name".getBytes(), 2, message(1, "x".getBytes()));
    byte[] span = message(1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    byte[] group =
        message(
            3,
            "url".getBytes(),
            2,
            message(3, "inner".getBytes(), 2, span),
            1,
            message(1, keyValue));
    Span decoded = decodeAll(message(1, group), 0).getFirst();
    assertThat(decoded.service()).isEqualTo("x");
    assertThat(decoded.resource().schemaUrl()).isEqualTo("url");
    assertThat(decoded.scope().schemaUrl()).isEqualTo("inner");
    assertThat(decoded.resource().attributes().get("service.name"))
        .isEqualTo(AttributeValue.of("x"));
  }

  static List<Span> decodeAll(byte[] request, long firstRow) {
    SpanCursor cursor = new SpanCursor(ByteBuffer.wrap(request));
    List<Span> spans = new ArrayList<>();
    while (cursor.next()) {
      spans.add(cursor.decode(firstRow + cursor.index()));
    }
    return spans;
  }

  private static byte[] message(Object... fields) {
    dev.sextant.storage.otlp.ProtoWriter writer = new dev.sextant.storage.otlp.ProtoWriter();
    for (int i = 0; i < fields.length; i += 2) {
      writer.delimited((int) fields[i], dev.sextant.storage.otlp.Slice.of((byte[]) fields[i + 1]));
    }
    return writer.toByteArray();
  }
}
