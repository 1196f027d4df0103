package dev.sextant.collector.jaeger;

import java.util.Map;

/**
 * Which share of its traces each service is to record.
 *
 * @param probability from 0 to 1, of services without one of their own
 * @param services probabilities by service
 */
public record JaegerSampling(double probability, Map<String, Double> services) {
  /** Every trace of every service. */
  public static final JaegerSampling ALL = new JaegerSampling(1, Map.of());

  public JaegerSampling {
    services = Map.copyOf(services);
  }

  double of(String service) {
    return services.getOrDefault(service, probability);
  }
}
