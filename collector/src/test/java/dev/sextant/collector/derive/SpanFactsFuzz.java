package dev.sextant.collector.derive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.RowCursor;
import dev.sextant.trace.SpanCursor;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random spans whose fields stand in any order and more than once: what derivation reads of them is
 * what {@link SpanCursor} reads.
 */
class SpanFactsFuzz {
  /** Every key that is read, and others that look like one. */
  private static final String[] KEYS =
      Stream.concat(
              Arrays.stream(PeerKey.values())
                  .map(key -> new String(key.utf8, StandardCharsets.US_ASCII)),
              Stream.of("db.systems", "other", ""))
          .toArray(String[]::new);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void facts_areThoseOfTheCursor(long seed) throws IOException {
    Random random = new Random(seed);
    PeerAttributes attributes = new PeerAttributes();
    for (int round = 0; round < 2_000; round++) {
      byte[] request = request(random);
      SpanCursor cursor = new SpanCursor(ByteBuffer.wrap(request));
      RowCursor rows = new RowCursor(ByteBuffer.wrap(request), OtlpLimits.DEFAULT);
      SpanFacts facts = new SpanFacts(rows, attributes);
      while (cursor.next()) {
        assertThat(rows.next()).isTrue();
        facts.read();
        assertThat(facts.traceHigh).isEqualTo(cursor.traceHigh());
        assertThat(facts.traceLow).isEqualTo(cursor.traceLow());
        assertThat(facts.spanId).isEqualTo(cursor.spanId());
        assertThat(facts.parentSpanId).isEqualTo(cursor.parentSpanId());
        assertThat(facts.kind).isEqualTo(cursor.kind());
        assertThat(facts.status).isEqualTo(cursor.status());
        assertThat(facts.startNanos).isEqualTo(cursor.startNanos());
        assertThat(facts.endNanos).isEqualTo(cursor.endNanos());
        assertThat(name(facts)).isEqualTo(cursor.name());
        facts.peer();
        for (PeerKey key : PeerKey.values()) {
          assertThat(attributes.first(key)).isEqualTo(text(cursor, key));
        }
        assertThat(attributes.first(PeerKey.values())).isEqualTo(first(cursor));
      }
    }
  }

  private static String name(SpanFacts span) {
    int length = span.nameTo - span.nameFrom;
    return new String(span.bytes(), span.nameFrom, length, StandardCharsets.UTF_8);
  }

  private static String first(SpanCursor span) {
    return Arrays.stream(PeerKey.values())
        .map(key -> text(span, key))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String text(SpanCursor span, PeerKey key) {
    AttributeValue value = span.attribute(KEYS[key.ordinal()]);
    return value == null ? "" : value.asText();
  }

  private static byte[] request(Random random) throws IOException {
    ByteArrayOutputStream spans = new ByteArrayOutputStream();
    for (int i = random.nextInt(4); i >= 0; i--) {
      List<byte[]> parts = new ArrayList<>();
      for (int part = random.nextInt(12); part >= 0; part--) {
        parts.add(part(random));
      }
      ByteArrayOutputStream span = new ByteArrayOutputStream();
      for (byte[] part : parts) {
        span.write(part);
      }
      field(spans, 2, span.toByteArray());
    }
    ByteArrayOutputStream scopes = new ByteArrayOutputStream();
    field(scopes, 2, spans.toByteArray());
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    field(request, 1, scopes.toByteArray());
    return request.toByteArray();
  }

  private static void field(ByteArrayOutputStream to, int number, byte[] content)
      throws IOException {
    CodedOutputStream out = CodedOutputStream.newInstance(to);
    out.writeByteArray(number, content);
    out.flush();
  }

  private static byte[] part(Random random) throws IOException {
    Span.Builder part = Span.newBuilder();
    switch (random.nextInt(8)) {
      case 0 -> part.setTraceId(bytes(random, 16));
      case 1 -> part.setSpanId(bytes(random, 8));
      case 2 -> part.setParentSpanId(bytes(random, 8));
      case 3 -> part.setName("name" + random.nextInt(100)).setKindValue(random.nextInt(8));
      case 4 -> part.setStartTimeUnixNano(random.nextLong()).setEndTimeUnixNano(random.nextLong());
      case 5 -> part.setStatus(Status.newBuilder().setCodeValue(random.nextInt(5)).setMessage("m"));
      default -> {
        return attribute(random);
      }
    }
    return part.build().toByteArray();
  }

  private static ByteString bytes(Random random, int length) {
    byte[] id = new byte[length];
    random.nextBytes(id);
    return ByteString.copyFrom(id);
  }

  /** Key and value in either order, or one of them missing. */
  private static byte[] attribute(Random random) throws IOException {
    KeyValue key = KeyValue.newBuilder().setKey(KEYS[random.nextInt(KEYS.length)]).build();
    KeyValue value = KeyValue.newBuilder().setValue(value(random)).build();
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    switch (random.nextInt(8)) {
      case 0 -> {
        both.write(value.toByteArray());
        both.write(key.toByteArray());
      }
      case 1 -> both.write(key.toByteArray());
      case 2 -> both.write(value.toByteArray());
      default -> {
        both.write(key.toByteArray());
        both.write(value.toByteArray());
      }
    }
    ByteArrayOutputStream attribute = new ByteArrayOutputStream();
    field(attribute, 9, both.toByteArray());
    return attribute.toByteArray();
  }

  private static AnyValue value(Random random) {
    AnyValue.Builder value = AnyValue.newBuilder();
    AnyValue text = AnyValue.newBuilder().setStringValue("in").build();
    switch (random.nextInt(8)) {
      case 0 -> value.setIntValue(random.nextInt(1000));
      case 1 -> value.setBoolValue(true);
      case 2 -> value.setArrayValue(ArrayValue.newBuilder().addValues(text));
      case 3 -> value.setStringValue("");
      case 4 -> value.clear();
      default -> value.setStringValue("text" + random.nextInt(50));
    }
    return value.build();
  }
}
