package dev.sextant.agent.core.propagation;

import static dev.sextant.agent.core.propagation.Carrier.headers;
import static dev.sextant.agent.core.propagation.Carrier.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class B3HeadersTest {
  private static final String TRACE = "80f198ee56343ba864fe8b2a57d3eff7";
  private static final String SPAN = "e457b5a2e4d86bd1";
  private static final String PARENT = "05e3ac9a4f6e3b90";

  @ParameterizedTest
  @CsvSource({
    "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90, 80f198ee56343ba8, 1",
    "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-d, 80f198ee56343ba8, 1",
    "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-0, 80f198ee56343ba8, 0",
    "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1, 80f198ee56343ba8, 0",
    "64fe8b2a57d3eff7-e457b5a2e4d86bd1-1, 0000000000000000, 1"
  })
  void single_namesTheParent(String header, String high, int sampled) {
    assertThat(Carrier.of("b3", header).parent())
        .isEqualTo(high + "64fe8b2a57d3eff7-" + SPAN + "-" + sampled);
  }

  @Test
  void several_nameTheParent() {
    Carrier request =
        Carrier.of("X-B3-TraceId", "64fe8b2a57d3eff7", "X-B3-SpanId", SPAN, "X-B3-Sampled", "1");
    assertThat(request.parent()).isEqualTo("000000000000000064fe8b2a57d3eff7-" + SPAN + "-1");
    request.headers.put("X-B3-Sampled", "0");
    assertThat(request.parent()).isEqualTo("000000000000000064fe8b2a57d3eff7-" + SPAN + "-0");
    request.headers.put("X-B3-Flags", "1");
    assertThat(request.parent()).isEqualTo("000000000000000064fe8b2a57d3eff7-" + SPAN + "-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "2",
        "b3",
        "80f198ee56343ba864fe8b2a57d3eff7",
        "80f198ee56343ba864fe8b2a57d3eff7-",
        "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd-1",
        "00000000000000000000000000000000-e457b5a2e4d86bd1-1",
        "80f198ee56343ba864fe8b2a57d3eff7-0000000000000000-1",
        "80f198ee56343ba864fe8b2a57d3effz-e457b5a2e4d86bd1-1",
        "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90-1"
      })
  void malformedSingle_isNone(String header) {
    assertThat(Carrier.of("b3", header).readBy(headers())).isSameAs(Context.root());
  }

  @Test
  void longOrHalfHeaders_areNone() {
    String whole = TRACE + "-" + SPAN + "-1-" + PARENT;
    assertThat(Carrier.of("b3", whole + "0".repeat(8_000)).parent()).isNull();
    assertThat(Carrier.of("X-B3-TraceId", "0".repeat(8_000) + "1", "X-B3-SpanId", SPAN).parent())
        .isNull();
    assertThat(Carrier.of("X-B3-TraceId", TRACE).parent()).isNull();
    assertThat(Carrier.of("X-B3-SpanId", SPAN).parent()).isNull();
  }

  @Test
  void written_isWhatWasRead() {
    String header = TRACE + "-" + SPAN + "-1";
    Context context = Carrier.of("b3", header).readBy(headers());
    assertThat(sent(headers("b3"), context)).isEqualTo(Map.of("b3", header));
    assertThat(sent(headers("b3multi"), context))
        .isEqualTo(Map.of("X-B3-TraceId", TRACE, "X-B3-SpanId", SPAN, "X-B3-Sampled", "1"));
    Context debug = Carrier.of("b3", TRACE + "-" + SPAN + "-d").readBy(headers());
    assertThat(sent(headers("b3"), debug)).isEqualTo(Map.of("b3", TRACE + "-" + SPAN + "-d"));
  }

  /** Whether a span below what a request says is sampled, by samplers of which one never would. */
  private static String sampled(Carrier request) {
    StringBuilder answers = new StringBuilder();
    for (Sampler sampler : new Sampler[] {Sampler.alwaysOn(), Sampler.alwaysOff()}) {
      try (SdkTracerProvider provider =
          Carrier.provider(CallersDecision.or(Sampler.parentBased(sampler)))) {
        Context context = request.readBy(headers());
        SpanBuilder builder = provider.get("test").spanBuilder("GET").setParent(context);
        Span first = builder.startSpan();
        Span below =
            provider.get("test").spanBuilder("below").setParent(context.with(first)).startSpan();
        assertThat(below.getSpanContext().isSampled()).isEqualTo(first.isRecording());
        assertThat(first.getSpanContext().isValid()).isTrue();
        answers.append(first.isRecording() ? "yes " : "no ");
      }
    }
    return answers.toString().strip();
  }

  @Test
  void decisionWithoutIds_isObeyed() {
    assertThat(sampled(Carrier.of("b3", "0"))).isEqualTo("no no");
    assertThat(sampled(Carrier.of("b3", "1"))).isEqualTo("yes yes");
    assertThat(sampled(Carrier.of("b3", "d"))).isEqualTo("yes yes");
    assertThat(sampled(Carrier.of("X-B3-Sampled", "0"))).isEqualTo("no no");
    assertThat(sampled(Carrier.of("X-B3-Sampled", "true"))).isEqualTo("yes yes");
    assertThat(sampled(Carrier.of("X-B3-Flags", "1"))).isEqualTo("yes yes");
    assertThat(sampled(Carrier.of("b3", "perhaps"))).isEqualTo("yes no");
  }

  @Test
  void decisionThatCameWithAParent_isTheParents() {
    assertThat(sampled(Carrier.of("b3", TRACE + "-" + SPAN + "-0"))).isEqualTo("no no");
    assertThat(sampled(Carrier.of("b3", TRACE + "-" + SPAN + "-1"))).isEqualTo("yes yes");
  }
}
