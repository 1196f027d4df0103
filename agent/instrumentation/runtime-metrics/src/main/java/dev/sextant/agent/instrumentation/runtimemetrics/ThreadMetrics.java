package dev.sextant.agent.instrumentation.runtimemetrics;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** {@code jvm.thread.count} by state; platform threads only, virtual ones belong to no group. */
final class ThreadMetrics {
  private static final AttributeKey<Boolean> DAEMON = AttributeKey.booleanKey("jvm.thread.daemon");
  private static final AttributeKey<String> STATE = AttributeKey.stringKey("jvm.thread.state");

  private ThreadMetrics() {}

  static void register(Meter meter) {
    meter
        .upDownCounterBuilder("jvm.thread.count")
        .setUnit("{thread}")
        .buildWithCallback(ThreadMetrics::observe);
  }

  private static void observe(ObservableLongMeasurement measurement) {
    Map<Attributes, Long> counts = new HashMap<>();
    for (Thread thread : threads()) {
      if (thread != null) {
        Attributes kind =
            Attributes.of(
                DAEMON,
                thread.isDaemon(),
                STATE,
                thread.getState().name().toLowerCase(Locale.ROOT));
        counts.merge(kind, 1L, Long::sum);
      }
    }
    counts.forEach((kind, count) -> measurement.record(count, kind));
  }

  /** May end with nulls. */
  private static Thread[] threads() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] threads = new Thread[root.activeCount() + 64];
    root.enumerate(threads, true);
    return threads;
  }
}
