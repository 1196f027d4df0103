package dev.sextant.api.service;

/**
 * Rate, errors, duration. A missing figure is NaN.
 *
 * @param rate calls per second
 * @param errorShare failed calls among all, 0 to 1
 * @param p50 and {@code p95}, {@code p99}: quantiles of the duration in seconds
 */
public record Red(double rate, double errorShare, double p50, double p95, double p99) {
  static final Red NONE = new Red(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
