package dev.sextant.server;

import dev.sextant.collector.jaeger.JaegerUdp;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What came as datagrams, and what of it was lost: senders are not told. */
final class JaegerDatagramMetrics extends Collector {
  private final Supplier<Map<JaegerUdp.Protocol, JaegerUdp.Counters>> counters;

  JaegerDatagramMetrics(Supplier<Map<JaegerUdp.Protocol, JaegerUdp.Counters>> counters) {
    this.counters = counters;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    CounterMetricFamily datagrams =
        new CounterMetricFamily(
            "sextant_jaeger_udp_datagrams", "Datagrams that were read.", List.of("protocol"));
    CounterMetricFamily lost =
        new CounterMetricFamily(
            "sextant_jaeger_udp_lost_datagrams",
            "Datagrams of which nothing was kept: no batch of good spans, or the server was behind.",
            List.of("protocol", "reason"));
    CounterMetricFamily spans =
        new CounterMetricFamily(
            "sextant_jaeger_udp_rejected_spans",
            "Spans that were not kept of datagrams that were.",
            List.of("protocol"));
    counters
        .get()
        .forEach(
            (protocol, count) -> {
              String name = JaegerDatagrams.name(protocol);
              datagrams.addMetric(List.of(name), count.datagrams());
              lost.addMetric(List.of(name, "malformed"), count.malformed());
              lost.addMetric(List.of(name, "refused"), count.refused());
              spans.addMetric(List.of(name), count.rejectedSpans());
            });
    return List.of(datagrams, lost, spans);
  }
}
