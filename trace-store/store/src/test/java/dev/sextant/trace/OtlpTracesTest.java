package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.RejectedRow;
import dev.sextant.storage.otlp.Validation;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OtlpTracesTest {
  private static final long NOW = 1_700_000_000_000_000_000L;

  @Test
  void validate_leavesAGoodRequestAsItIs() throws Exception {
    for (int seed = 0; seed < 100; seed++) {
      ExportTraceServiceRequest request = new RandomTraces(seed).request();
      Validation validation =
          OtlpTraces.validate(ByteBuffer.wrap(request.toByteArray()), OtlpLimits.DEFAULT);
      assertThat(validation.rejected()).isZero();
      assertThat(validation.message()).isEmpty();
      assertThat(ExportTraceServiceRequest.parseFrom(validation.cleaned())).isEqualTo(request);
      assertThat(validation.rows()).isEqualTo(ProtoSpans.of(request, 0).size());
    }
  }

  @Test
  void validate_dropsBadSpansAndKeepsTheirNeighbours() throws Exception {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    var first =
        request
            .addResourceSpansBuilder()
            .setSchemaUrl("u")
            .addScopeSpansBuilder()
            .setSchemaUrl("v");
    first.addSpans(good("a"));
    first.addSpans(good("zero").setTraceId(ByteString.copyFrom(new byte[16])));
    first.addSpans(good("b"));
    request
        .addResourceSpansBuilder()
        .addScopeSpansBuilder()
        .addSpans(good("short").setSpanId(ByteString.copyFrom(new byte[3])));
    var last = request.addResourceSpansBuilder().addScopeSpansBuilder();
    last.addSpans(good("none").clearTraceId());
    last.addSpans(good("c"));

    Validation validation =
        OtlpTraces.validate(ByteBuffer.wrap(request.build().toByteArray()), OtlpLimits.DEFAULT);

    assertThat(validation.rows()).isEqualTo(3);
    assertThat(validation.rejected()).isEqualTo(3);
    assertThat(validation.problems())
        .containsExactly(
            new RejectedRow(1, "its trace id is all zero"),
            new RejectedRow(3, "its span id is 3 bytes long instead of 8"),
            new RejectedRow(4, "it has no trace id"));
    assertThat(validation.message())
        .startsWith("3 rejected: row 1: its trace id is all zero; row 3");
    ExportTraceServiceRequest cleaned = ExportTraceServiceRequest.parseFrom(validation.cleaned());
    assertThat(ProtoSpans.of(cleaned, 0))
        .extracting(dev.sextant.trace.Span::name)
        .containsExactly("a", "b", "c");
    assertThat(cleaned.getResourceSpans(0).getSchemaUrl()).isEqualTo("u");
    assertThat(cleaned.getResourceSpans(0).getScopeSpans(0).getSchemaUrl()).isEqualTo("v");
  }

  @Test
  void validate_rejectsEachBadField() {
    rejected(
        good("x").setParentSpanId(ByteString.copyFrom(new byte[7])), "parent span id is 7 bytes");
    rejected(good("x").setSpanId(ByteString.copyFrom(new byte[8])), "span id is all zero");
    rejected(good("x").clearSpanId(), "no span id");
    rejected(
        good("x").addLinks(Span.Link.newBuilder().setTraceId(ByteString.copyFrom(new byte[2]))),
        "link's trace id");
    rejected(good("x").setStartTimeUnixNano(0), "start time 0 ns");
    rejected(good("x").setStartTimeUnixNano(-1), "start time 18446744073709551615 ns");
    rejected(good("x").setEndTimeUnixNano(NOW * 2), "end time 3400000000000000000 ns");
    rejected(good("x".repeat(2000)), "more than ingest.limits.otlp-row-bytes (1000)");
  }

  @Test
  void validate_refusesTooDeepNestingAsAWhole() {
    AnyValue value = AnyValue.newBuilder().setIntValue(1).build();
    for (int i = 0; i < 40; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    byte[] request =
        request(good("x").addAttributes(KeyValue.newBuilder().setKey("k").setValue(value)));
    assertThatThrownBy(() -> OtlpTraces.validate(ByteBuffer.wrap(request), OtlpLimits.DEFAULT))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageContaining("nest deeper");
  }

  @Test
  void validate_refusesTextThatIsNoUtf8() {
    byte[] request = request(good("NAME"));
    int at = new String(request, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("NAME");
    request[at] = (byte) 0xff;
    assertThatThrownBy(() -> OtlpTraces.validate(ByteBuffer.wrap(request), OtlpLimits.DEFAULT))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageContaining("byte " + at)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void damagedRequests_areRefusedOrDecodeAsProtobufDoes() {
    int rounds = Boolean.getBoolean("sextant.long") ? 1_000_000 : 40_000;
    for (int seed = 0; seed < rounds; seed++) {
      Random random = new Random(seed);
      byte[] bytes = damage(new RandomTraces(seed % 50).request().toByteArray(), random);
      Validation validation;
      try {
        validation = OtlpTraces.validate(ByteBuffer.wrap(bytes), OtlpLimits.DEFAULT);
      } catch (MalformedOtlpException e) {
        assertThat(e.offset()).isBetween(0, bytes.length);
        continue;
      }
      byte[] cleaned = new byte[validation.cleaned().remaining()];
      validation.cleaned().get(cleaned);
      assertThat(SpanCursorTest.decodeAll(cleaned, 0))
          .as("seed %d", seed)
          .hasSize(validation.rows());
    }
  }

  private static byte[] damage(byte[] bytes, Random random) {
    byte[] copy = bytes.clone();
    for (int i = random.nextInt(4); i >= 0 && copy.length > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        case 1 -> copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        case 2 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length));
        default -> {
          int from = random.nextInt(copy.length);
          int length = random.nextInt(Math.min(16, copy.length - from));
          System.arraycopy(copy, from, copy, random.nextInt(copy.length - length), length);
        }
      }
    }
    return copy;
  }

  private static void rejected(Span.Builder span, String reason) {
    OtlpLimits limits = new OtlpLimits(32, 1000, new TimeRange(NOW - 1000, NOW + 1000));
    Validation validation = OtlpTraces.validate(ByteBuffer.wrap(request(span)), limits);
    assertThat(validation.rejected()).isEqualTo(1);
    assertThat(validation.rows()).isZero();
    assertThat(validation.problems().getFirst().reason()).contains(reason);
  }

  private static byte[] request(Span.Builder span) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(span);
    return request.build().toByteArray();
  }

  private static Span.Builder good(String name) {
    return Span.newBuilder()
        .setTraceId(ByteString.copyFromUtf8("0123456789abcdef"))
        .setSpanId(ByteString.copyFromUtf8("01234567"))
        .setName(name)
        .setStartTimeUnixNano(NOW)
        .setEndTimeUnixNano(NOW + 5);
  }
}
