package dev.sextant.collector.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sextant.collector.fixture.Otlp;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.TraceId;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How single facts of Jaeger's spans are said in OTLP. */
class JaegerSpansTest {
  private final JaegerSpan span = new JaegerSpan();

  JaegerSpansTest() {
    span.trace = new TraceId(0, 1);
    span.id = 2;
  }

  private ExportTraceServiceRequest request(JaegerSpan.Process process) throws Exception {
    JaegerSpans spans = new JaegerSpans(TagMemory.ofDatagram());
    spans.add(span, process);
    return ExportTraceServiceRequest.parseFrom(spans.request());
  }

  private Span written() throws Exception {
    return request(JaegerSpan.Process.NONE).getResourceSpans(0).getScopeSpans(0).getSpans(0);
  }

  private void tag(String key, String value) {
    span.tags.put(key, AttributeValue.of(value));
  }

  private static List<String> keys(List<io.opentelemetry.proto.common.v1.KeyValue> attributes) {
    return attributes.stream().map(attribute -> attribute.getKey()).toList();
  }

  @Test
  void errorAsText_isTaken() throws Exception {
    tag("error", "true");
    assertThat(written().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
  }

  @Test
  void errorFalse_staysATag_andSaysNothing() throws Exception {
    span.tags.put("error", AttributeValue.of(false));
    assertThat(written().hasStatus()).isFalse();
    assertThat(keys(written().getAttributesList())).containsExactly("error");
  }

  @Test
  void statusCode_isBelievedWhereErrorIsNotSaid() throws Exception {
    tag("otel.status_code", "ok");
    tag("http.status_code", "500");
    assertThat(written().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_OK);
    assertThat(keys(written().getAttributesList())).containsExactly("http.status_code");
  }

  @Test
  void clientError_isTheClientsErrorAndNotTheServers() throws Exception {
    span.tags.put("http.status_code", AttributeValue.of(404L));
    tag("http.status_message", "Not Found");
    tag("span.kind", "server");
    assertThat(written().hasStatus()).isFalse();
    tag("span.kind", "client");
    assertThat(written().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    assertThat(written().getStatus().getMessage()).isEqualTo("Not Found");
  }

  @Test
  void unknownKind_staysATag() throws Exception {
    tag("span.kind", "proxy");
    assertThat(keys(written().getAttributesList())).containsExactly("span.kind");
  }

  @Test
  void followingInTheTrace_isBothParentAndLink() throws Exception {
    span.references.add(new JaegerSpan.Reference(true, span.trace, 7));
    assertThat(written().getParentSpanId()).isEqualTo(Otlp.id(8, 7));
    assertThat(written().getLinksCount()).isEqualTo(1);
  }

  @Test
  void parentInAnotherTrace_isALinkOnly() throws Exception {
    span.references.add(new JaegerSpan.Reference(false, new TraceId(0, 9), 7));
    assertThat(written().getParentSpanId()).isEqualTo(ByteString.EMPTY);
    assertThat(written().getLinks(0).getTraceId()).isEqualTo(Otlp.id(16, 9));
  }

  @Test
  void warnings_areKept() throws Exception {
    span.warnings.add("clock skew");
    var attribute = written().getAttributes(0);
    assertThat(attribute.getKey()).isEqualTo("@jaeger@warnings");
    assertThat(attribute.getValue().getArrayValue().getValues(0).getStringValue())
        .isEqualTo("clock skew");
  }

  @Test
  void sdkThatNamesItself_keepsItsNames() throws Exception {
    var resource =
        request(
                new JaegerSpan.Process(
                    "s",
                    Map.of(
                        "jaeger.version", AttributeValue.of("opentelemetry-java"),
                        "telemetry.sdk.name", AttributeValue.of("opentelemetry"))))
            .getResourceSpans(0)
            .getResource();
    assertThat(keys(resource.getAttributesList()))
        .containsExactlyInAnyOrder("service.name", "jaeger.version", "telemetry.sdk.name");
  }

  @Test
  void endBeyondTime_isTheLastMoment() throws Exception {
    span.startNanos = Long.MAX_VALUE - 1;
    span.durationNanos = 5;
    assertThat(written().getEndTimeUnixNano()).isEqualTo(Long.MAX_VALUE);
  }
}
