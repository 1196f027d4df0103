package dev.sextant.agent.core.propagation;

import static dev.sextant.agent.core.propagation.Carrier.headers;
import static dev.sextant.agent.core.propagation.Carrier.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which formats are read and written, and in which order. */
class TraceHeadersTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String W3C = "00-" + TRACE + "-" + SPAN + "-01";

  /** Of each format, with a span of its own. */
  private static final List<String> FORMATS =
      List.of(
          "traceparent",
          "00-" + TRACE + "-0000000000000001-01",
          "b3",
          TRACE + "-0000000000000002-1",
          "X-B3-TraceId",
          TRACE,
          "uber-trace-id",
          TRACE + ":4:0:1",
          "sw8",
          "1-MGFmNzY1MTkxNmNkNDNkZDg0NDhlYjIxMWM4MDMxOWM=-b3RlbC4wMDAwMDAwMDAwMDAwMDA1"
              + "-0-YQ==-YQ==-YQ==-YQ==");

  private static Carrier from(int first) {
    Carrier carrier = Carrier.of("X-B3-SpanId", "0000000000000003", "X-B3-Sampled", "1");
    for (int i = first; i < FORMATS.size() / 2; i++) {
      carrier.headers.put(FORMATS.get(2 * i), FORMATS.get(2 * i + 1));
    }
    return carrier;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void firstOfTheFormats_namesTheParent(int first) {
    Carrier request = from(first);
    if (first > 2) {
      request.headers.keySet().removeIf(name -> name.startsWith("X-B3"));
    }
    assertThat(request.parent()).isEqualTo(TRACE + "-000000000000000" + (first + 1) + "-1");
  }

  @Test
  void malformedFormat_leavesTheWordToTheNext() {
    Carrier request = from(1);
    request.headers.put("traceparent", "00-" + TRACE + "-0-01");
    request.headers.put("b3", "nonsense");
    assertThat(request.parent()).isEqualTo(TRACE + "-0000000000000003-1");
  }

  @Test
  void listedFormats_areReadInTheirOrderAndNoOthers() {
    assertThat(from(0).parent("jaeger", "tracecontext")).isEqualTo(TRACE + "-0000000000000004-1");
    assertThat(from(0).parent("b3multi")).isEqualTo(TRACE + "-0000000000000002-1");
    assertThat(from(2).parent("b3")).isEqualTo(TRACE + "-0000000000000003-1");
    assertThat(from(0).parent("b3")).isEqualTo(TRACE + "-0000000000000002-1");
    assertThat(Carrier.of("traceparent", W3C).parent("b3", "jaeger", "sw8")).isNull();
    assertThat(from(0).parent("none")).isNull();
  }

  @Test
  void requestWithoutHeaders_costsOneLookUpAName() {
    Carrier request = Carrier.of("host", "shop");
    Context root = Context.root();

    assertThat(request.readBy(headers())).isSameAs(root);
    assertThat(request.lookups)
        .containsExactly(
            "traceparent",
            "b3",
            "X-B3-TraceId",
            "X-B3-Flags",
            "X-B3-Sampled",
            "uber-trace-id",
            "sw8",
            "baggage");
  }

  @Test
  void bySetting_aFoundParentEndsTheSearch() {
    Carrier request = Carrier.of("traceparent", W3C);
    request.readBy(headers("tracecontext", "b3", "jaeger"));
    assertThat(request.lookups).containsExactly("traceparent", "tracestate");
  }

  @Test
  void bySetting_exactlyTheListedAreWritten() {
    Context context = Carrier.of("b3", TRACE + "-" + SPAN + "-1").readBy(headers());

    assertThat(sent(headers("tracecontext"), context)).isEqualTo(Map.of("traceparent", W3C));
    assertThat(sent(headers("jaeger", "b3"), context))
        .isEqualTo(
            Map.of("uber-trace-id", TRACE + ":" + SPAN + ":0:1", "b3", TRACE + "-" + SPAN + "-1"));
    assertThat(sent(headers("none", "b3"), context)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "b3, 0af7651916cd43dd8448eb211c80319c-0000000000000009-1",
    "uber-trace-id, af7651916cd43dd8448eb211c80319c:9:0:1",
    "sw8, 1-MGFmNzY1MTkxNmNkNDNkZDg0NDhlYjIxMWM4MDMxOWM=-cw==-0-YQ==-YQ==-YQ==-YQ=="
  })
  void withoutSetting_formatsThatArrivedAreWrittenToo(String name, String header) {
    Context alone = Carrier.of(name, header).readBy(headers());
    assertThat(sent(headers(), alone)).containsOnlyKeys("traceparent", name);

    Context second = Carrier.of(name, header, "traceparent", W3C).readBy(headers());
    assertThat(Carrier.parent(second)).isEqualTo(TRACE + "-" + SPAN + "-1");
    assertThat(sent(headers(), second))
        .containsOnlyKeys("traceparent", name)
        .containsEntry("traceparent", W3C);
    assertThat(sent(headers(), second).get(name)).isNotEqualTo(header);
  }

  @Test
  void formatOfAnotherTrace_isNotWritten() {
    Carrier request = Carrier.of("traceparent", W3C, "b3", "1".repeat(32) + "-" + SPAN + "-1");
    assertThat(sent(headers(), request.readBy(headers()))).isEqualTo(Map.of("traceparent", W3C));
  }

  @Test
  void decisionWithoutIds_givesWayToAParent() {
    Carrier request = Carrier.of("b3", "0", "uber-trace-id", TRACE + ":1:0:1");
    assertThat(request.parent()).isEqualTo(TRACE + "-0000000000000001-1");
  }

  @Test
  void withoutSettingAndRequest_w3cAloneIsWritten() {
    Context context = Carrier.of("traceparent", W3C).readBy(headers("tracecontext"));
    assertThat(sent(headers(), context)).isEqualTo(Map.of("traceparent", W3C));
  }

  @Test
  void baggage_goesOnWithoutSettingOrWhereListed() {
    Carrier request = Carrier.of("baggage", "user=ann", "traceparent", W3C);

    assertThat(Baggage.fromContext(request.readBy(headers())).getEntryValue("user"))
        .isEqualTo("ann");
    assertThat(sent(headers(), request.readBy(headers()))).containsEntry("baggage", "user=ann");
    assertThat(sent(headers("tracecontext"), request.readBy(headers("tracecontext"))))
        .doesNotContainKey("baggage");
    assertThat(headers("tracecontext", "baggage").fields())
        .containsExactly("traceparent", "tracestate", "baggage");
  }

  @Test
  void unknownName_isToldAndLeftOut() {
    List<String> complaints = new ArrayList<>();
    TraceHeaders headers = TraceHeaders.of(List.of("xray", "b3"), Carrier.SELF, complaints::add);

    assertThat(complaints)
        .containsExactly(
            "otel.propagators: 'xray' is none of tracecontext, baggage, b3, b3multi, jaeger, sw8,"
                + " none and is left out");
    assertThat(headers.fields()).containsExactly("b3");
  }
}
