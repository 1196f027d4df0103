package dev.sextant.collector.jaeger;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What clients are told to record of their traces.
 *
 * @param others of services without a strategy of their own
 * @param services strategies by service
 */
public record JaegerSampling(Probability others, Map<String, Strategy> services) {
  /** Every trace of every service. */
  public static final JaegerSampling ALL = new JaegerSampling(new Probability(1), Map.of());

  public JaegerSampling {
    services = Map.copyOf(services);
  }

  /** How one service samples. */
  public sealed interface Strategy {}

  /**
   * A share of all traces.
   *
   * @param share from 0 to 1
   * @param operations shares of traces that begin with these, in this order
   */
  public record Probability(double share, Map<String, Double> operations) implements Strategy {
    public Probability {
      operations = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
    }

    public Probability(double share) {
      this(share, Map.of());
    }
  }

  /**
   * So many at most.
   *
   * @param tracesPerSecond of each instance
   */
  public record Rate(int tracesPerSecond) implements Strategy {}

  /** What a service is told: beside its own operations, those of others that it does not name. */
  Strategy of(String service) {
    return switch (services.getOrDefault(service, others)) {
      case Rate rate -> rate;
      case Probability own -> {
        Map<String, Double> operations = new LinkedHashMap<>(own.operations());
        others.operations().forEach(operations::putIfAbsent);
        yield new Probability(own.share(), operations);
      }
    };
  }
}
