package dev.sextant.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nobody listens, nobody answers, or the answer is no: the application goes on. */
class UnreachableReceiverIT {
  private static final int QUERIES = 8_000;

  /** The longest queue the agent may keep, and one batch under way. */
  private static final int HELD_AT_MOST = 2_048 + 512;

  @Test
  void nobodyListens_applicationAnswersAndExits() throws Exception {
    String endpoint;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      endpoint = "http://localhost:" + taken.getLocalPort();
    }
    try (App app = App.mvc(Jdk.CURRENT, endpoint)) {
      assertThat(app.get("/orders/1").body()).isEqualTo("[sextant]");
      assertThat(app.get("/many?queries=" + QUERIES).body()).isEqualTo(QUERIES + " queries");
      assertThat(app.get("/orders/1").body()).isEqualTo("[sextant]");
      app.terminate();
      assertThat(app.awaitExit()).isEqualTo(128 + 15);
    }
  }

  @Test
  void nobodyAnswers_queueIsBoundedAndDropsAreCounted() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      receiver.hang();
      try (App app = App.mvc(Jdk.CURRENT, receiver.endpoint())) {
        assertThat(app.get("/many?queries=" + QUERIES).body()).isEqualTo(QUERIES + " queries");
        assertThat(app.get("/orders/1").body()).isEqualTo("[sextant]");
        receiver.release();
        long dropped = awaitDropped(receiver);
        assertThat(dropped).isGreaterThanOrEqualTo(QUERIES - HELD_AT_MOST);
      }
    }
  }

  @Test
  void answer429_isRetriedAndNothingOfTheApplicationWaits() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      receiver.refuseWith(429);
      try (App app = App.mvc(Jdk.CURRENT, receiver.endpoint())) {
        assertThat(app.get("/orders/1").body()).isEqualTo("[sextant]");
        receiver.awaitRefusals(2);
        receiver.refuseWith(0);
        receiver.awaitSpan("span that was refused first", Spans.server("/orders/1"));
      }
    }
  }

  private static long awaitDropped(OtlpReceiver receiver) {
    Metric processed =
        receiver.awaitMetric(
            "processedSpans",
            metric ->
                metric.getSum().getDataPointsList().stream()
                    .anyMatch(UnreachableReceiverIT::isDropped));
    return processed.getSum().getDataPointsList().stream()
        .filter(UnreachableReceiverIT::isDropped)
        .mapToLong(NumberDataPoint::getAsInt)
        .sum();
  }

  private static boolean isDropped(NumberDataPoint point) {
    Map<String, String> attributes = Spans.attributes(point.getAttributesList());
    return "true".equals(attributes.get("dropped")) && point.getAsInt() > 0;
  }
}
