package dev.sextant.benchmarks.promql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * What an answer amounts to, by which two are told to be the same.
 *
 * @param sum of all finite numbers
 */
record AnswerSize(int series, int points, double sum) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Of an answer of Prometheus' API to a query whose value is a vector or a matrix. */
  static AnswerSize of(byte[] answer) throws IOException {
    JsonNode result = JSON.readTree(answer).path("data").path("result");
    int points = 0;
    double sum = 0;
    for (JsonNode series : result) {
      for (JsonNode point : series.path("values")) {
        points++;
        sum += number(point);
      }
      if (series.has("value")) {
        points++;
        sum += number(series.path("value"));
      }
    }
    return new AnswerSize(result.size(), points, sum);
  }

  private static double number(JsonNode point) {
    double value = Double.parseDouble(point.path(1).asText().replace("Inf", "Infinity"));
    return Double.isFinite(value) ? value : 0;
  }

  boolean isLike(AnswerSize other) {
    return series == other.series
        && points == other.points
        && points > 0
        && Math.abs(sum - other.sum) <= 1e-5 * Math.abs(sum);
  }
}
