package dev.sextant.collector.jaeger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.storage.otlp.ProtoWriter;

/**
 * A strategy as clients read it. Where operations have shares of their own, clients that know of
 * none go by the share of the whole.
 *
 * @see <a
 *     href="https://github.com/jaegertracing/jaeger-idl/blob/main/proto/api_v2/sampling.proto">sampling.proto</a>
 */
final class StrategyAnswer {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int RATE_LIMITING = 1;

  private StrategyAnswer() {}

  /** A {@code SamplingStrategyResponse}. */
  static byte[] proto(JaegerSampling.Strategy strategy) {
    ProtoWriter out = new ProtoWriter();
    switch (strategy) {
      case JaegerSampling.Probability probability -> {
        share(out, 2, probability.share());
        if (!probability.operations().isEmpty()) {
          operations(out, probability);
        }
      }
      case JaegerSampling.Rate(int tracesPerSecond) -> {
        out.varint(1, RATE_LIMITING);
        int rate = out.begin(3);
        out.varint(1, tracesPerSecond);
        out.end(rate);
      }
    }
    return out.toByteArray();
  }

  private static void operations(ProtoWriter out, JaegerSampling.Probability probability) {
    int all = out.begin(4);
    out.fixed64(1, Double.doubleToRawLongBits(probability.share()));
    probability
        .operations()
        .forEach(
            (operation, share) -> {
              int one = out.begin(3);
              out.text(1, operation);
              share(out, 2, share);
              out.end(one);
            });
    out.end(all);
  }

  private static void share(ProtoWriter out, int field, double share) {
    int probabilistic = out.begin(field);
    out.fixed64(1, Double.doubleToRawLongBits(share));
    out.end(probabilistic);
  }

  /** The same in protobuf's JSON, with zeros, which some clients insist on. */
  static String json(JaegerSampling.Strategy strategy) {
    ObjectNode answer = JSON.createObjectNode();
    switch (strategy) {
      case JaegerSampling.Probability(double share, var operations) -> {
        answer.put("strategyType", "PROBABILISTIC");
        answer.putObject("probabilisticSampling").put("samplingRate", share);
        if (!operations.isEmpty()) {
          ObjectNode all = answer.putObject("operationSampling");
          all.put("defaultSamplingProbability", share);
          all.put("defaultLowerBoundTracesPerSecond", 0.0);
          ArrayNode list = all.putArray("perOperationStrategies");
          operations.forEach(
              (operation, own) ->
                  list.addObject()
                      .put("operation", operation)
                      .putObject("probabilisticSampling")
                      .put("samplingRate", own));
        }
      }
      case JaegerSampling.Rate(int tracesPerSecond) -> {
        answer.put("strategyType", "RATE_LIMITING");
        answer.putObject("rateLimitingSampling").put("maxTracesPerSecond", tracesPerSecond);
      }
    }
    try {
      return JSON.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a strategy cannot be written", e);
    }
  }
}
