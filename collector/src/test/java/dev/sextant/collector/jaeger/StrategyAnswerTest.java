package dev.sextant.collector.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.otlp.ProtoWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Strategies as clients read them. */
class StrategyAnswerTest {
  private static final JaegerSampling SAMPLING =
      new JaegerSampling(
          new JaegerSampling.Probability(0.1, Map.of("GET /health", 0.0)),
          Map.of(
              "cart",
              new JaegerSampling.Probability(0.5, ordered("checkout", 1.0, "GET /health", 0.25)),
              "batch",
              new JaegerSampling.Rate(7)));

  private static Map<String, Double> ordered(String a, double first, String b, double second) {
    Map<String, Double> map = new LinkedHashMap<>();
    map.put(a, first);
    map.put(b, second);
    return map;
  }

  @Test
  void operations_areTheServicesOwn_thenThoseOfAll() {
    assertThat(StrategyAnswer.json(SAMPLING.of("cart")))
        .isEqualTo(
            "{\"strategyType\":\"PROBABILISTIC\",\"probabilisticSampling\":{\"samplingRate\":0.5},"
                + "\"operationSampling\":{\"defaultSamplingProbability\":0.5,"
                + "\"defaultLowerBoundTracesPerSecond\":0.0,\"perOperationStrategies\":["
                + "{\"operation\":\"checkout\",\"probabilisticSampling\":{\"samplingRate\":1.0}},"
                + "{\"operation\":\"GET /health\",\"probabilisticSampling\":{\"samplingRate\":0.25}}]}}");
    assertThat(StrategyAnswer.json(SAMPLING.of("other")))
        .contains(
            "\"samplingRate\":0.1}",
            "GET /health\",\"probabilisticSampling\":{\"samplingRate\":0.0");
  }

  @Test
  void aRate_hasNoOperations() {
    assertThat(StrategyAnswer.json(SAMPLING.of("batch")))
        .isEqualTo(
            "{\"strategyType\":\"RATE_LIMITING\",\"rateLimitingSampling\":{\"maxTracesPerSecond\":7}}");
    ProtoWriter expected = new ProtoWriter();
    expected.varint(1, 1);
    int rate = expected.begin(3);
    expected.varint(1, 7);
    expected.end(rate);
    assertThat(StrategyAnswer.proto(SAMPLING.of("batch"))).isEqualTo(expected.toByteArray());
  }

  @Test
  void protobuf_saysTheSame() {
    ProtoWriter expected = new ProtoWriter();
    share(expected, 0.1);
    int operations = expected.begin(4);
    expected.fixed64(1, Double.doubleToRawLongBits(0.1));
    int health = expected.begin(3);
    expected.text(1, "GET /health");
    share(expected, 0.0);
    expected.end(health);
    expected.end(operations);
    assertThat(StrategyAnswer.proto(SAMPLING.of("other"))).isEqualTo(expected.toByteArray());
  }

  private static void share(ProtoWriter out, double share) {
    int probabilistic = out.begin(2);
    out.fixed64(1, Double.doubleToRawLongBits(share));
    out.end(probabilistic);
  }
}
