package dev.sextant.agent.core.propagation;

import static dev.sextant.agent.core.propagation.Carrier.headers;
import static dev.sextant.agent.core.propagation.Carrier.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkyWalkingHeadersTest {
  private static final String TRACE = "5ea1c2f9d3b54ee2b1c7d8a9f0e1d2c3.61.17000000000000001";
  private static final String HASHED = "1b4739ffe53c780a120f37f568685000";
  private static final String REST =
      "-" + base64("shop") + "-" + base64("shop-1") + "-L2J1eQ==-YQ==";

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String sw8(String trace, String segment, int span) {
    return "1-" + base64(trace) + "-" + base64(segment) + "-" + span + REST;
  }

  /** The parts of a header, base64 read. */
  private static String readable(String sw8) {
    String[] parts = sw8.split("-", -1);
    return Arrays.stream(parts)
        .map(
            part ->
                part.length() < 2
                    ? part
                    : new String(Base64.getDecoder().decode(part), StandardCharsets.UTF_8))
        .collect(Collectors.joining("|"));
  }

  @Test
  void header_namesTheParentAsTheServerStoresIt() {
    assertThat(Carrier.of("sw8", sw8(TRACE, "s1", 0)).parent())
        .isEqualTo(HASHED + "-53ab081f0cf42d42-1");
    assertThat(Carrier.of("sw8", "0" + sw8(TRACE, "s1", 0).substring(1)).parent())
        .isEqualTo(HASHED + "-53ab081f0cf42d42-0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1-------",
        "1-YQ==-YQ==-x-YQ==-YQ==-YQ==-YQ==",
        "1-YQ==-YQ==--1-YQ==-YQ==-YQ==-YQ==",
        "1-YQ==-YQ==-99999999999-YQ==-YQ==-YQ==-YQ==",
        "1-YQ==-YQ==-0-YQ==-YQ==-YQ==",
        "1-%%%-YQ==-0-YQ==-YQ==-YQ==-YQ==",
        "1--YQ==-0-YQ==-YQ==-YQ==-YQ=="
      })
  void malformedHeader_isNone(String header) {
    assertThat(Carrier.of("sw8", header).readBy(headers())).isSameAs(Context.root());
  }

  @Test
  void longHeader_isNone() {
    assertThat(Carrier.of("sw8", sw8("t".repeat(8_000), "s1", 0)).parent()).isNull();
  }

  /** A span as the agent's client makes it, below what a request says. */
  private static Map<String, String> sentBelow(Context parent, String... propagators) {
    try (SdkTracerProvider provider = Carrier.provider(Sampler.alwaysOn())) {
      Span call =
          provider
              .get("test")
              .spanBuilder("GET")
              .setParent(parent)
              .setAttribute("server.address", "stock")
              .setAttribute("server.port", 8080L)
              .startSpan();
      Map<String, String> sent = sent(headers(propagators), parent.with(call));
      sent.put("span", call.getSpanContext().getSpanId());
      sent.put("trace", call.getSpanContext().getTraceId());
      return sent;
    }
  }

  @Test
  void written_leadsBackToTheSpan() {
    Map<String, String> sent = sentBelow(Context.root(), "sw8");

    assertThat(readable(sent.get("sw8")))
        .isEqualTo(
            "1|%s|otel.%s|0|shop|shop-1|GET|stock:8080"
                .formatted(sent.get("trace"), sent.get("span")));
    assertThat(Carrier.of("sw8", sent.get("sw8")).parent())
        .isEqualTo(sent.get("trace") + "-" + sent.get("span") + "-1");
  }

  @Test
  void traceOfSkyWalkings_goesOnByItsOwnName() {
    Map<String, String> sent = sentBelow(Carrier.of("sw8", sw8(TRACE, "s1", 0)).readBy(headers()));

    assertThat(readable(sent.get("sw8"))).startsWith("1|" + TRACE + "|otel." + sent.get("span"));
    assertThat(sent.get("trace")).isEqualTo(HASHED);
    assertThat(sent.get("traceparent")).startsWith("00-" + HASHED + "-" + sent.get("span"));
  }

  @Test
  void traceOfSkyWalkings_keepsItsNameThroughOneOfOurs() {
    Map<String, String> first = sentBelow(Carrier.of("sw8", sw8(TRACE, "s1", 0)).readBy(headers()));
    Context second =
        Carrier.of("sw8", first.get("sw8"), "traceparent", first.get("traceparent"))
            .readBy(headers());

    assertThat(readable(sentBelow(second).get("sw8"))).startsWith("1|" + TRACE + "|otel.");
  }

  @Test
  void ignoredSpan_isNotWritten() {
    Context ignored =
        Carrier.of("sw8", "0" + sw8(TRACE, "s1", 0).substring(1)).readBy(headers("sw8"));
    assertThat(sent(headers("sw8"), ignored)).isEmpty();
  }

  @Test
  void correlation_isBaggage() {
    String header = base64("user") + ":" + base64("Jürgen") + ",x,%:%,a:," + base64("b") + ":YQ==";
    Context context =
        Carrier.of("sw8", sw8(TRACE, "s1", 0), "sw8-correlation", header).readBy(headers());

    assertThat(Baggage.fromContext(context).getEntryValue("user")).isEqualTo("Jürgen");
    assertThat(Baggage.fromContext(context).getEntryValue("b")).isEqualTo("a");
    assertThat(sent(headers("sw8"), context).get("sw8-correlation").split(","))
        .containsExactlyInAnyOrder(base64("user") + ":" + base64("Jürgen"), "Yg==:YQ==");
  }

  @Test
  void correlationBeyondWhatAgentsTake_isLeftOut() {
    Context many =
        Carrier.of("sw8", sw8(TRACE, "s1", 0))
            .readBy(headers())
            .with(
                Baggage.builder()
                    .put("long", "x".repeat(129))
                    .put("a", "1")
                    .put("b", "2")
                    .put("c", "3")
                    .put("d", "4")
                    .build());
    assertThat(sent(headers("sw8"), many).get("sw8-correlation").split(","))
        .hasSize(3)
        .noneMatch(pair -> pair.startsWith(base64("long")));
  }
}
