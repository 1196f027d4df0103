package dev.sextant.collector.otlp.metrics;

import dev.sextant.collector.receive.KnownBytes;
import dev.sextant.collector.receive.Texts;
import dev.sextant.metrics.model.Labels;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Resources, metrics and series met lately, by the bytes that named them. A series is known within
 * its resource and its metric, by their ids. Thread-safe.
 */
final class KnownMetrics {
  final KnownBytes<ResourceLabels> resources;
  final KnownBytes<MetricHead> heads;
  final KnownBytes<Labels> series;
  final Texts texts = new Texts();
  private final AtomicLong ids = new AtomicLong();

  /**
   * @param bytes of memory for all of it
   */
  KnownMetrics(long bytes) {
    resources = new KnownBytes<>(bytes / 8);
    heads = new KnownBytes<>(bytes / 8);
    series = new KnownBytes<>(bytes * 3 / 4);
  }

  /** A number that none had before, at least 1. */
  long nextId() {
    return ids.incrementAndGet();
  }
}
