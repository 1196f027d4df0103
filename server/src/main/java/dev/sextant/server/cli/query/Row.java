package dev.sextant.server.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A series of an answer with its points in order of time.
 *
 * @param times seconds since the epoch, as written
 * @param values numbers as written; a histogram as its JSON
 */
record Row(Map<String, String> labels, List<String> times, List<String> values) {
  /** Every series of a result of any type; a scalar or string is one without labels. */
  static List<Row> all(JsonNode data) {
    JsonNode result = data.path("result");
    String type = data.path("resultType").asText();
    if (type.equals("scalar") || type.equals("string")) {
      return List.of(
          new Row(Map.of(), List.of(result.path(0).asText()), List.of(result.path(1).asText())));
    }
    List<Row> rows = new ArrayList<>();
    for (JsonNode series : result) {
      Map<String, String> labels = new TreeMap<>();
      series
          .path("metric")
          .properties()
          .forEach(it -> labels.put(it.getKey(), it.getValue().asText()));
      List<JsonNode> points = new ArrayList<>();
      for (String one : List.of("value", "histogram")) {
        if (series.has(one)) {
          points.add(series.get(one));
        }
      }
      series.path("values").forEach(points::add);
      series.path("histograms").forEach(points::add);
      points.sort(java.util.Comparator.comparingDouble(point -> point.path(0).asDouble()));
      rows.add(
          new Row(
              labels,
              points.stream().map(point -> point.path(0).asText()).toList(),
              points.stream().map(point -> value(point.path(1))).toList()));
    }
    return rows;
  }

  private static String value(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }

  /** The values as numbers; NaN for what is none. */
  double[] numbers() {
    return values.stream().mapToDouble(Row::number).toArray();
  }

  private static double number(String value) {
    return switch (value) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      case "NaN" -> Double.NaN;
      default -> {
        try {
          yield Double.parseDouble(value);
        } catch (NumberFormatException e) {
          yield Double.NaN;
        }
      }
    };
  }
}
