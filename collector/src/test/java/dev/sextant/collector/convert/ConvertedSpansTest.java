package dev.sextant.collector.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.otlp.AttributeValue;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConvertedSpansTest {
  private static final SpanOrigin CART =
      new SpanOrigin(Map.of("service.name", AttributeValue.of("cart")), "brave", "6");
  private static final SpanOrigin CART_BARE = SpanOrigin.of(CART.resource());
  private static final SpanOrigin SHIPPING =
      SpanOrigin.of(Map.of("service.name", AttributeValue.of("shipping")));

  private final ConvertedSpans spans = new ConvertedSpans();

  @Test
  void everyField_isReadBackByOtlpsOwnClasses() throws Exception {
    spans
        .begin(CART)
        .ids(1, 2, 3, 4)
        .traceState("a=b")
        .name("GET /")
        .kind(ConvertedSpan.Kind.CLIENT)
        .times(1_000, 2_000)
        .attribute("text", "x")
        .attribute("int", AttributeValue.of(-7L))
        .attribute("double", AttributeValue.of(1.5))
        .attribute("bool", AttributeValue.of(true))
        .attribute(
            "list",
            new AttributeValue.Array(List.of(AttributeValue.of("a"), AttributeValue.of(2L))))
        .event(1_500, "cache miss", Map.of("key", AttributeValue.of("k")))
        .link(5, 6, 7, Map.of("why", AttributeValue.of("retry")))
        .error("no route")
        .flags(0x101)
        .end();

    var resource = read().getResourceSpans(0);
    assertThat(resource.getResource().getAttributes(0).getValue().getStringValue())
        .isEqualTo("cart");
    assertThat(resource.getScopeSpans(0).getScope().getName()).isEqualTo("brave");
    assertThat(resource.getScopeSpans(0).getScope().getVersion()).isEqualTo("6");
    Span span = resource.getScopeSpans(0).getSpans(0);
    assertThat(span.getTraceId().size()).isEqualTo(16);
    assertThat(span.getTraceId().byteAt(15)).isEqualTo((byte) 2);
    assertThat(span.getSpanId().byteAt(7)).isEqualTo((byte) 3);
    assertThat(span.getParentSpanId().byteAt(7)).isEqualTo((byte) 4);
    assertThat(span.getTraceState()).isEqualTo("a=b");
    assertThat(span.getName()).isEqualTo("GET /");
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(span.getStartTimeUnixNano()).isEqualTo(1_000);
    assertThat(span.getEndTimeUnixNano()).isEqualTo(2_000);
    assertThat(span.getAttributesList())
        .extracting(pair -> pair.getKey() + "=" + pair.getValue().toString().strip())
        .containsExactly(
            "text=string_value: \"x\"",
            "int=int_value: -7",
            "double=double_value: 1.5",
            "bool=bool_value: true",
            "list=array_value {\n  values {\n    string_value: \"a\"\n  }\n"
                + "  values {\n    int_value: 2\n  }\n}");
    assertThat(span.getEvents(0).getName()).isEqualTo("cache miss");
    assertThat(span.getEvents(0).getTimeUnixNano()).isEqualTo(1_500);
    assertThat(span.getEvents(0).getAttributes(0).getKey()).isEqualTo("key");
    assertThat(span.getLinks(0).getSpanId().byteAt(7)).isEqualTo((byte) 7);
    assertThat(span.getLinks(0).getAttributes(0).getKey()).isEqualTo("why");
    assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(span.getStatus().getMessage()).isEqualTo("no route");
    assertThat(span.getFlags()).isEqualTo(0x101);
  }

  @Test
  void spansOfOneResourceAndScope_lieTogether_inOrder() throws Exception {
    for (SpanOrigin origin : List.of(CART, SHIPPING, CART, CART_BARE)) {
      spans.begin(origin).ids(1, 2, spans.size(), 0).end();
    }

    ExportTraceServiceRequest request = read();
    assertThat(request.getResourceSpansList())
        .extracting(resource -> resource.getScopeSpansCount())
        .containsExactly(2, 1);
    assertThat(request.getResourceSpans(0).getScopeSpans(0).getSpansList())
        .extracting(span -> (int) span.getSpanId().byteAt(7))
        .containsExactly(1, 3);
    assertThat(request.getResourceSpans(0).getScopeSpans(1).hasScope()).isFalse();
    assertThat(spans.size()).isEqualTo(4);
  }

  @Test
  void aSpanThatWasNotEnded_isRefused() {
    spans.begin(CART);
    assertThatThrownBy(() -> spans.begin(CART)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(spans::request).isInstanceOf(IllegalStateException.class);
  }

  private ExportTraceServiceRequest read() throws Exception {
    return ExportTraceServiceRequest.parseFrom(spans.request());
  }
}
