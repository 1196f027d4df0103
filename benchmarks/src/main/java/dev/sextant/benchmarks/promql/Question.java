package dev.sextant.benchmarks.promql;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A query as a dashboard sends it.
 *
 * @param rangeMillis from its first step to the end of the data; 0 for an instant query there
 * @param stepMillis 0 for an instant query
 * @param goal how many times less processor time than Prometheus it should take; 0 for no goal
 */
record Question(String id, String query, long rangeMillis, long stepMillis, double goal) {
  private static final long HOUR = 3_600_000;
  private static final String REQUESTS = "http_requests_total";
  private static final String BUCKETS = "http_request_duration_seconds_bucket";

  /**
   * The last hour at 15 seconds, the six hours at a minute, and at the end of the data alone. The
   * six hours are asked from six minutes after their begin, as releases of Prometheus do not agree
   * on how a series that has just begun is extrapolated.
   */
  static List<Question> all() {
    String rate = "rate(" + REQUESTS + "[5m])";
    String byJob = "sum by (job) (" + rate + ")";
    String quantile = "histogram_quantile(0.99, sum by (le, job) (rate(" + BUCKETS + "[5m])))";
    String top = "topk(5, sum by (instance) (" + rate + "))";
    String subquery = "max_over_time(rate(" + REQUESTS + "{code=\"500\"}[5m])[1h:1m])";
    String share =
        "sum by (job) (rate("
            + REQUESTS
            + "{code=~\"5..\"}[5m])) / sum by (job) (rate("
            + REQUESTS
            + "[5m]))";
    return List.of(
        hour("rate", rate),
        hour("sum-by-job", byJob),
        hour("histogram-quantile", quantile),
        hour("topk", top),
        hour("subquery", subquery),
        sixHours("rate", rate),
        sixHours("sum-by-job", byJob),
        sixHours("histogram-quantile", quantile),
        sixHours("topk", top),
        new Question("error-share-6h", share, 6 * HOUR - 360_000, 60_000, 0),
        new Question("avg-over-time-1h", "avg_over_time(" + REQUESTS + "[30m])", HOUR, 15_000, 0),
        new Question("selector-1h", REQUESTS + "{code=\"200\"}", HOUR, 15_000, 0),
        instant("rate", rate),
        instant("sum-by-job", byJob),
        instant("histogram-quantile", quantile),
        instant("subquery", subquery));
  }

  private static Question hour(String id, String query) {
    return new Question(id + "-1h", query, HOUR, 15_000, 3);
  }

  private static Question sixHours(String id, String query) {
    return new Question(id + "-6h", query, 6 * HOUR - 360_000, 60_000, 3);
  }

  private static Question instant(String id, String query) {
    return new Question(id + "-instant", query, 0, 0, 0);
  }

  /**
   * The request's path with its parameters.
   *
   * @param endMillis where the data ends; steps lie beside the samples, never on one
   */
  String path(long endMillis) {
    String text = URLEncoder.encode(query, StandardCharsets.UTF_8);
    double end = endMillis / 1000.0;
    return stepMillis == 0
        ? "/api/v1/query?query=" + text + "&time=" + end
        : "/api/v1/query_range?query="
            + text
            + "&start="
            + (endMillis - rangeMillis) / 1000.0
            + "&end="
            + end
            + "&step="
            + stepMillis / 1000.0;
  }
}
