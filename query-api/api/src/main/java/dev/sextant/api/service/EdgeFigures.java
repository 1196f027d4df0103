package dev.sextant.api.service;

import dev.sextant.api.metric.MetricReader;
import java.util.Arrays;

/**
 * Calls over steps, failed calls and durations of one or more edges, added up. For one thread.
 * Durations are kept from both sides of the calls.
 */
final class EdgeFigures {
  /** Per step; NaN where there is no data. */
  private final double[] calls;

  private final double[] failed;
  private final long stepMillis;
  final Durations client = new Durations();
  final Durations server = new Durations();

  /** Of calls that both sides told of, from each side. */
  private final Durations pairedClient = new Durations();

  private final Durations pairedServer = new Durations();

  EdgeFigures(Steps steps) {
    calls = new double[steps.count()];
    Arrays.fill(calls, Double.NaN);
    failed = new double[steps.count()];
    stepMillis = steps.stepMillis();
  }

  private void calls(double[] values) {
    for (int i = 0; i < calls.length; i++) {
      if (!Double.isNaN(values[i])) {
        calls[i] = Double.isNaN(calls[i]) ? values[i] : calls[i] + values[i];
      }
    }
  }

  private void failed(double[] values) {
    for (int i = 0; i < failed.length; i++) {
      failed[i] += Double.isNaN(values[i]) ? 0 : values[i];
    }
  }

  void callsOf(MetricReader.Row row) {
    calls(row.values());
  }

  void failedOf(MetricReader.Row row) {
    failed(row.values());
  }

  /**
   * Adds an edge.
   *
   * @param paired whether both sides told of its calls
   */
  void add(EdgeFigures edge, boolean paired) {
    calls(edge.calls);
    failed(edge.failed);
    client.add(edge.client);
    server.add(edge.server);
    if (paired) {
      pairedClient.add(edge.client);
      pairedServer.add(edge.server);
    }
  }

  /** How many calls there were in all. */
  double total() {
    return Arrays.stream(calls).filter(it -> !Double.isNaN(it)).sum();
  }

  /**
   * Rate, errors, and durations as the caller saw them.
   *
   * @param served whether durations are to be those that the called side saw
   */
  Red red(boolean served) {
    long covered = Arrays.stream(calls).filter(it -> !Double.isNaN(it)).count();
    double all = total();
    double errors = Arrays.stream(failed).sum();
    Durations seen = served ? server : client;
    return new Red(
        covered == 0 ? Double.NaN : all / (covered * stepMillis / 1000.0),
        all > 0 ? Math.min(1, errors / all) : Double.NaN,
        seen.quantile(0.5),
        seen.quantile(0.95),
        seen.quantile(0.99));
  }

  /**
   * Mean seconds between the sides of a call: what the client saw less what the server saw. NaN
   * where no call was told of by both; never below 0.
   */
  double network() {
    double difference = pairedClient.mean() - pairedServer.mean();
    return Double.isNaN(difference) ? difference : Math.max(0, difference);
  }

  /** Calls per second at each step; NaN where there is no data. */
  double[] rates() {
    return Arrays.stream(calls).map(it -> it * 1000 / stepMillis).toArray();
  }

  /** Failed calls per second at each step; NaN where there is no data. */
  double[] failedRates() {
    double[] rates = rates();
    for (int i = 0; i < rates.length; i++) {
      rates[i] = Double.isNaN(rates[i]) ? rates[i] : failed[i] * 1000 / stepMillis;
    }
    return rates;
  }
}
