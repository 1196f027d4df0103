package dev.sextant.collector.jaeger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import dev.sextant.collector.fixture.Otlp;
import dev.sextant.collector.fixture.OtlpFixture;
import dev.sextant.storage.otlp.Slice;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each format's batch as OTLP, field by field. */
class JaegerFormatsTest {
  private static final long START = Otlp.nanos(OtlpFixture.NOW);

  private static ExportTraceServiceRequest read(JaegerFormat format) throws Exception {
    JaegerSpans spans = new JaegerSpans(TagMemory.ofDatagram());
    format.reader.accept(Slice.of(format.message.get()), spans);
    assertThat(spans.rejections().count()).isZero();
    return ExportTraceServiceRequest.parseFrom(spans.request());
  }

  private static Map<String, Object> attributes(List<KeyValue> attributes) {
    Map<String, Object> map = new LinkedHashMap<>();
    attributes.forEach(attribute -> map.put(attribute.getKey(), value(attribute.getValue())));
    return map;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case BYTES_VALUE -> value.getBytesValue();
      default -> value;
    };
  }

  @ParameterizedTest
  @EnumSource
  void process_isTheResource(JaegerFormat format) throws Exception {
    ExportTraceServiceRequest request = read(format);
    assertThat(request.getResourceSpansCount()).isEqualTo(1);
    ResourceSpans resource = request.getResourceSpans(0);
    assertThat(attributes(resource.getResource().getAttributesList()))
        .isEqualTo(
            Map.of(
                "service.name", "cart",
                "ip", "10.0.0.1",
                "host.name", "box-1",
                "telemetry.sdk.name", "jaeger",
                "telemetry.sdk.language", "java",
                "telemetry.sdk.version", "1.8.1"));
    ScopeSpans scoped = resource.getScopeSpans(0);
    assertThat(scoped.getScope().getName() + " " + scoped.getScope().getVersion())
        .isEqualTo("tomcat 11");
    assertThat(resource.getScopeSpans(1).getSpans(0).getName()).isEqualTo("root");
  }

  @ParameterizedTest
  @EnumSource
  void span_hasEveryFieldInItsPlace(JaegerFormat format) throws Exception {
    Span span = read(format).getResourceSpans(0).getScopeSpans(0).getSpans(0);
    assertThat(span.getTraceId()).isEqualTo(ByteString.fromHex("00000000000000010000000000000002"));
    assertThat(span.getSpanId()).isEqualTo(Otlp.id(8, 3));
    assertThat(span.getParentSpanId()).isEqualTo(Otlp.id(8, 4));
    assertThat(span.getName()).isEqualTo("GET /cart");
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(span.getStartTimeUnixNano()).isEqualTo(START);
    assertThat(span.getEndTimeUnixNano()).isEqualTo(START + 1_500_000);
    assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(span.getStatus().getMessage()).isEqualTo("no stock");
    assertThat(span.getTraceState()).isEqualTo("a=b");
    assertThat(span.getFlags()).isEqualTo(1);
    assertThat(attributes(span.getAttributesList()))
        .containsOnly(
            entry("http.status_code", 503L),
            entry("ratio", 72.5),
            entry("blob", ByteString.copyFrom(JaegerMessages.BLOB)),
            entry("jaeger.debug", true));
  }

  @ParameterizedTest
  @EnumSource
  void logs_areEvents(JaegerFormat format) throws Exception {
    Span span = read(format).getResourceSpans(0).getScopeSpans(0).getSpans(0);
    assertThat(span.getEventsList())
        .extracting(Span.Event::getName)
        .containsExactly("cache miss", "exception");
    assertThat(span.getEvents(0).getTimeUnixNano()).isEqualTo(START + 100_000);
    assertThat(attributes(span.getEvents(0).getAttributesList())).isEqualTo(Map.of("tries", 2L));
    assertThat(attributes(span.getEvents(1).getAttributesList()))
        .isEqualTo(Map.of("exception.type", "java.io.IOException", "exception.message", "closed"));
  }

  @ParameterizedTest
  @EnumSource
  void references_beyondTheParent_areLinks(JaegerFormat format) throws Exception {
    Span span = read(format).getResourceSpans(0).getScopeSpans(0).getSpans(0);
    assertThat(span.getLinksList())
        .extracting(
            Span.Link::getTraceId,
            Span.Link::getSpanId,
            link -> attributes(link.getAttributesList()))
        .containsExactly(
            tuple(
                ByteString.fromHex("00000000000000010000000000000002"),
                Otlp.id(8, 5),
                Map.of("opentracing.ref_type", "follows_from")),
            tuple(Otlp.id(16, 9), Otlp.id(8, 8), Map.of("opentracing.ref_type", "child_of")));
  }

  @ParameterizedTest
  @EnumSource
  void bareSpan_saysNoMoreThanItKnows(JaegerFormat format) throws Exception {
    Span span = read(format).getResourceSpans(0).getScopeSpans(1).getSpans(0);
    assertThat(span.getParentSpanId()).isEqualTo(ByteString.EMPTY);
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_UNSPECIFIED);
    assertThat(span.hasStatus()).isFalse();
    assertThat(span.getEndTimeUnixNano()).isEqualTo(START);
    assertThat(span.getAttributesList()).isEmpty();
  }
}
