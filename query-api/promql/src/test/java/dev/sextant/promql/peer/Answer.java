package dev.sextant.promql.peer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.QueryResult;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a query gave, in a form that both engines' answers have.
 *
 * @param error empty where there is none
 * @param points values by time, by series; those of a scalar under no labels
 */
record Answer(String error, Map<Labels, TreeMap<Long, Double>> points) {
  private static final double TOLERANCE = 1e-5;

  /** Below this, figures are what rounding leaves of greater ones. */
  private static final double NOTHING = 1e-7;

  static Answer failed(String message) {
    return new Answer(message, Map.of());
  }

  static Answer of(QueryResult result) {
    Map<Labels, TreeMap<Long, Double>> points = new TreeMap<>();
    switch (result) {
      case QueryResult.Scalar scalar ->
          put(points, Labels.EMPTY, scalar.timeMillis(), scalar.value());
      case QueryResult.Text text -> throw new IllegalArgumentException("a text: " + text.value());
      case QueryResult.Vector vector -> {
        for (int i = 0; i < vector.size(); i++) {
          put(points, vector.labels().get(i), vector.timeMillis(), vector.values()[i]);
        }
      }
      case QueryResult.Matrix matrix -> {
        for (QueryResult.Series series : matrix.series()) {
          for (int i = 0; i < series.floats().length; i++) {
            put(points, series.labels(), series.floatTimes()[i], series.floats()[i]);
          }
        }
      }
    }
    return new Answer("", points);
  }

  static Answer of(JsonNode body) {
    if (!body.path("status").asText().equals("success")) {
      return failed(body.path("error").asText("no error text: " + body));
    }
    Map<Labels, TreeMap<Long, Double>> points = new TreeMap<>();
    JsonNode result = body.path("data").path("result");
    if (body.path("data").path("resultType").asText().equals("scalar")) {
      put(points, Labels.EMPTY, result);
    } else {
      for (JsonNode series : result) {
        Map<String, String> labels = new TreeMap<>();
        series
            .path("metric")
            .properties()
            .forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
        if (series.has("value")) {
          put(points, Labels.of(labels), series.path("value"));
        }
        series.path("values").forEach(point -> put(points, Labels.of(labels), point));
      }
    }
    return new Answer("", points);
  }

  private static void put(
      Map<Labels, TreeMap<Long, Double>> points, Labels labels, JsonNode point) {
    String text = point.get(1).asText();
    double value =
        switch (text) {
          case "+Inf" -> Double.POSITIVE_INFINITY;
          case "-Inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(text);
        };
    put(points, labels, Math.round(point.get(0).asDouble() * 1000), value);
  }

  private static void put(
      Map<Labels, TreeMap<Long, Double>> points, Labels labels, long time, double value) {
    points.computeIfAbsent(labels, key -> new TreeMap<>()).put(time, value);
  }

  /** Empty where both say the same, else what differs. */
  String difference(Answer real) {
    if (error.isEmpty() != real.error.isEmpty()) {
      return "error '" + error + "', Prometheus '" + real.error + "'";
    }
    if (!points.keySet().equals(real.points.keySet())) {
      return "series " + points.keySet() + ", Prometheus " + real.points.keySet();
    }
    for (Map.Entry<Labels, TreeMap<Long, Double>> series : points.entrySet()) {
      TreeMap<Long, Double> theirs = real.points.get(series.getKey());
      if (!series.getValue().keySet().equals(theirs.keySet())) {
        return series.getKey() + " at " + series.getValue().keySet() + ", Prometheus " + theirs;
      }
      for (Map.Entry<Long, Double> point : series.getValue().entrySet()) {
        double their = theirs.get(point.getKey());
        if (!same(point.getValue(), their)) {
          return series.getKey()
              + " at "
              + point.getKey()
              + ": "
              + point.getValue()
              + ", Prometheus "
              + their;
        }
      }
    }
    return "";
  }

  private static boolean same(double a, double b) {
    return Double.compare(a, b) == 0
        || a == b
        || Math.abs(a - b) <= Math.max(NOTHING, TOLERANCE * Math.max(Math.abs(a), Math.abs(b)));
  }
}
