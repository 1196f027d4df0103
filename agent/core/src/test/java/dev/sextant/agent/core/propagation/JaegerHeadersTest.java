package dev.sextant.agent.core.propagation;

import static dev.sextant.agent.core.propagation.Carrier.headers;
import static dev.sextant.agent.core.propagation.Carrier.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JaegerHeadersTest {
  private static final String TRACE = "80f198ee56343ba864fe8b2a57d3eff7";

  @ParameterizedTest
  @CsvSource({
    "80f198ee56343ba864fe8b2a57d3eff7:e457b5a2e4d86bd1:0:1, 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1",
    "80f198ee56343ba864fe8b2a57d3eff7%3Ae457b5a2e4d86bd1%3A0%3A1, 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1",
    "64fe8b2a57d3eff7:e457b5a2e4d86bd1:05e3ac9a4f6e3b90:0, 000000000000000064fe8b2a57d3eff7-e457b5a2e4d86bd1-0",
    "1:2:0:3, 00000000000000000000000000000001-0000000000000002-1",
    "A:b:0:b, 0000000000000000000000000000000a-000000000000000b-1",
    "A:b:0:0a, 0000000000000000000000000000000a-000000000000000b-0"
  })
  void header_namesTheParent(String header, String parent) {
    assertThat(Carrier.of("uber-trace-id", header).parent()).isEqualTo(parent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":::",
        "1:2:0",
        "1:2:0:1:1",
        "0:2:0:1",
        "1:0:0:1",
        "1:2:0:",
        "1:2:0:x",
        "g:2:0:1",
        "1%3A2%3A0%3",
        "%",
        "080f198ee56343ba864fe8b2a57d3eff7:1:0:1",
        "1:0e457b5a2e4d86bd1:0:1"
      })
  void malformedHeader_isNone(String header) {
    assertThat(Carrier.of("uber-trace-id", header, "uberctx-user", "ann").readBy(headers()))
        .isSameAs(Context.root());
  }

  @Test
  void longHeader_isNone() {
    assertThat(Carrier.of("uber-trace-id", "1:2:" + "0".repeat(8_000) + ":1").parent()).isNull();
  }

  @Test
  void baggage_goesOnEncoded() {
    Context context =
        Carrier.of(
                "uber-trace-id", "1:2:0:1",
                "uberctx-User", "J%C3%BCrgen+M",
                "uberctx-discount", "5%",
                "uberctx-", "nothing",
                "uberct", "other")
            .readBy(headers());

    assertThat(Baggage.fromContext(context).asMap()).containsOnlyKeys("user", "discount");
    assertThat(Baggage.fromContext(context).getEntryValue("user")).isEqualTo("Jürgen M");
    assertThat(Baggage.fromContext(context).getEntryValue("discount")).isEqualTo("5%");
    assertThat(sent(headers("jaeger"), context))
        .isEqualTo(
            Map.of(
                "uber-trace-id", "00000000000000000000000000000001:0000000000000002:0:1",
                "uberctx-user", "J%C3%BCrgen+M",
                "uberctx-discount", "5%25"));
  }

  @Test
  void baggageBeyondTheBounds_isLeftOut() {
    Carrier many = Carrier.of("uber-trace-id", TRACE + ":1:0:1", "uberctx-big", "x".repeat(9_000));
    for (int i = 0; i < 100; i++) {
      many.headers.put("uberctx-k" + i, "v");
    }
    Context context = many.readBy(headers());

    assertThat(Baggage.fromContext(context).asMap()).hasSize(64).doesNotContainKey("big");
    assertThat(Carrier.parent(context)).startsWith(TRACE);
  }

  @Test
  void baggageThatIsNoHeadersName_isNotWritten() {
    Context context =
        Carrier.of("uber-trace-id", "1:2:0:1")
            .readBy(headers())
            .with(
                Baggage.builder()
                    .put("a\r\nX-Forged: yes", "1")
                    .put("a b", "2")
                    .put("ü", "3")
                    .put("kept", "a\r\nX-Forged: yes")
                    .build());
    assertThat(sent(headers("jaeger"), context))
        .containsOnlyKeys("uber-trace-id", "uberctx-kept")
        .containsEntry("uberctx-kept", "a%0D%0AX-Forged%3A+yes");
  }

  @Test
  void namesOfHeaders_areWalkedForJaegersOwnRequestsOnly() {
    Carrier request = Carrier.of("uberctx-user", "ann");
    request.readBy(headers());
    assertThat(request.lookups).doesNotContain("all names");
  }
}
