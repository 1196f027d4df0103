package dev.sextant.server;

import dev.sextant.collector.receive.LossCounter;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What receivers of other tracers' protocols did not keep: many senders are not told, or do not
 * listen.
 */
final class LossMetrics extends Collector {
  private final Supplier<Map<String, LossCounter.Counts>> losses;

  LossMetrics(Supplier<Map<String, LossCounter.Counts>> losses) {
    this.losses = losses;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    CounterMetricFamily items =
        new CounterMetricFamily(
            "sextant_receiver_rejected_items",
            "Spans, points and lines that were left out of messages of which others were kept.",
            List.of("receiver", "reason"));
    CounterMetricFamily messages =
        new CounterMetricFamily(
            "sextant_receiver_refused_messages",
            "Messages of which nothing was kept.",
            List.of("receiver", "reason"));
    losses
        .get()
        .forEach(
            (receiver, counts) -> {
              add(items, receiver, counts.rejectedItems());
              add(messages, receiver, counts.refusedMessages());
            });
    return List.of(items, messages);
  }

  private static void add(
      CounterMetricFamily family, String receiver, Map<? extends Enum<?>, Long> byReason) {
    new TreeMap<>(byReason)
        .forEach(
            (reason, count) ->
                family.addMetric(List.of(receiver, reason.name().toLowerCase(Locale.ROOT)), count));
  }
}
