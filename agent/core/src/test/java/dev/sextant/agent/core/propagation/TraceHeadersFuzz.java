package dev.sextant.agent.core.propagation;

import static dev.sextant.agent.core.propagation.Carrier.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Whatever headers, of Latin-1 as servers read them, a request has: reading them never fails, and
 * what is written is a header.
 */
class TraceHeadersFuzz {
  /** Whose loggers warn of each malformed member; in the agent the build puts others there. */
  private static final Logger BAGGAGE =
      Logger.getLogger("io.opentelemetry.api.baggage.propagation");

  private static final String[] NAMES = {
    "traceparent",
    "tracestate",
    "baggage",
    "b3",
    "X-B3-TraceId",
    "X-B3-SpanId",
    "X-B3-Sampled",
    "X-B3-Flags",
    "uber-trace-id",
    "uberctx-a",
    "UBERCTX-%0A",
    "jaeger-baggage",
    "sw8",
    "sw8-correlation"
  };
  private static final String[] PIECES = {
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "0af7651916cd43dd8448eb211c80319c",
    "b7ad6b7169203331",
    "0af7651916cd43dd8448eb211c80319c:b7ad6b7169203331:0:1",
    "1-"
        + base64("0af7651916cd43dd8448eb211c80319c")
        + "-"
        + base64("s")
        + "-0-YQ==-YQ==-YQ==-YQ==",
    base64("a\r\nX-Forged: yes") + ":" + base64("b\r\nX-Forged: yes"),
    "YQ==",
    "-",
    "-",
    ":",
    ",",
    ";",
    "=",
    "%",
    "%3A",
    "%0D%0A",
    "0",
    "1",
    "d",
    "a=b",
    " ",
    "\t",
    "\0",
    "ü"
  };

  private static final Map<String, String> WHOLE =
      Map.of(
          "traceparent", PIECES[0],
          "b3", PIECES[1] + "-" + PIECES[2] + "-1",
          "X-B3-TraceId", PIECES[1],
          "X-B3-SpanId", PIECES[2],
          "uber-trace-id", PIECES[3],
          "sw8", PIECES[4],
          "sw8-correlation", PIECES[5]);

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Carrier request(Random random) {
    Carrier carrier = new Carrier();
    for (int i = random.nextInt(6); i >= 0; i--) {
      String name = NAMES[random.nextInt(NAMES.length)];
      StringBuilder value =
          new StringBuilder(random.nextBoolean() ? WHOLE.getOrDefault(name, "") : "");
      for (int j = value.isEmpty() ? 1 + random.nextInt(9) : random.nextInt(2); j > 0; j--) {
        value.insert(random.nextInt(value.length() + 1), PIECES[random.nextInt(PIECES.length)]);
      }
      carrier.headers.put(name, value.toString());
    }
    return carrier;
  }

  @Test
  void anyHeaders_areReadAndWritten() {
    BAGGAGE.setLevel(Level.OFF);
    Random random = new Random(4711);
    TraceHeaders[] settings = {
      headers(), headers("sw8", "jaeger", "b3multi", "b3", "tracecontext", "baggage")
    };
    int parents = 0;
    int rounds = Boolean.getBoolean("sextant.long") ? 2_000_000 : 30_000;
    for (int round = 0; round < rounds; round++) {
      Carrier request = request(random);
      Context context = request.readBy(settings[round % 2]);
      SpanContext parent = Span.fromContext(context).getSpanContext();
      parents += parent.isValid() ? 1 : 0;
      Map<String, String> sent = Carrier.sent(settings[round % 2], context);
      assertThat(sent.containsKey("traceparent"))
          .as("%s", request.headers)
          .isEqualTo(parent.isValid());
      sent.forEach(
          (name, value) ->
              assertThat(isHeader(name, value)).as("%s of %s", name, request.headers).isTrue());
    }
    assertThat(parents).isGreaterThan(rounds / 10);
  }

  private static boolean isHeader(String name, String value) {
    return name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
        && value.length() < 16_384
        && value.chars().allMatch(c -> c == '\t' || c >= ' ' && c < 127);
  }
}
