package dev.sextant.server;

import dev.sextant.log.EmbeddedLogStore;
import dev.sextant.log.LogBatch;
import dev.sextant.log.LogStore;
import dev.sextant.log.elasticsearch.ElasticsearchLogStore;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchCodec;
import dev.sextant.metrics.MetricsStore;
import dev.sextant.metrics.embedded.EmbeddedMetricsStore;
import dev.sextant.server.config.ServerConfig;
import dev.sextant.server.config.ServerConfig.Engine;
import dev.sextant.storage.file.Disk;
import dev.sextant.storage.file.DiskSpace;
import dev.sextant.storage.journal.JournalRecord;
import dev.sextant.trace.EmbeddedTraceStore;
import dev.sextant.trace.SpanBatch;
import dev.sextant.trace.TraceStore;
import dev.sextant.trace.elasticsearch.ElasticsearchTraceStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The three signals, each with its journal in front of its configured store. */
final class Signals implements AutoCloseable {
  private final Signal<SpanBatch, TraceStore> traces;
  private final Signal<LogBatch, LogStore> logs;
  private final Signal<MetricsBatch, MetricsStore> metrics;

  private Signals(
      Signal<SpanBatch, TraceStore> traces,
      Signal<LogBatch, LogStore> logs,
      Signal<MetricsBatch, MetricsStore> metrics) {
    this.traces = traces;
    this.logs = logs;
    this.metrics = metrics;
  }

  /** Opens journals and stores below the data directory; replay goes on in the background. */
  static Signals open(ServerConfig config, Path data, InstantSource clock) throws IOException {
    DiskSpace space =
        new DiskSpace(Disk.local(), data, config.storage().minFreeBytes().bytes(), clock);
    Signal.Opener opener = new Signal.Opener(config, data, clock, space);
    Deque<Signal<?, ?>> opened = new ArrayDeque<>();
    try {
      Signal<SpanBatch, TraceStore> traces =
          opener.open(
              "traces", journal -> traceStore(config, data, clock, journal), Signals::spans);
      opened.push(traces);
      Signal<LogBatch, LogStore> logs =
          opener.open("logs", journal -> logStore(config, data, clock, journal), Signals::lines);
      opened.push(logs);
      Signal<MetricsBatch, MetricsStore> metrics =
          opener.open(
              "metrics",
              journal ->
                  EmbeddedMetricsStore.open(
                      data.resolve("metrics"), StoreSettings.metrics(config), clock),
              MetricsBatchCodec::decode);
      return new Signals(traces, logs, metrics);
    } catch (IOException | RuntimeException e) {
      opened.forEach(Signal::close);
      throw e;
    }
  }

  private static SpanBatch spans(JournalRecord record) {
    return new SpanBatch(record.tenant(), record.rows(), record.payload());
  }

  private static LogBatch lines(JournalRecord record) {
    return new LogBatch(record.tenant(), record.rows(), record.payload());
  }

  private static TraceStore traceStore(
      ServerConfig config, Path data, InstantSource clock, String journal) {
    return config.traces().store() == Engine.ELASTICSEARCH
        ? ElasticsearchTraceStore.open(
            StoreSettings.elasticsearch(config),
            journal,
            StoreSettings.tracesInElasticsearch(config))
        : EmbeddedTraceStore.open(data.resolve("traces"), StoreSettings.traces(config), clock);
  }

  private static LogStore logStore(
      ServerConfig config, Path data, InstantSource clock, String journal) {
    return config.logs().store() == Engine.ELASTICSEARCH
        ? ElasticsearchLogStore.open(StoreSettings.elasticsearch(config), journal)
        : EmbeddedLogStore.open(data.resolve("logs"), StoreSettings.logs(config), clock);
  }

  Signal<SpanBatch, TraceStore> traces() {
    return traces;
  }

  Signal<LogBatch, LogStore> logs() {
    return logs;
  }

  Signal<MetricsBatch, MetricsStore> metrics() {
    return metrics;
  }

  /**
   * Writes all three to another data directory. Metrics come first: what was derived of spans must
   * never count spans that the copy lacks. Until all are written, no journal frees anything.
   */
  void snapshot(Path target) {
    List<Signal<?, ?>> all = List.of(metrics, traces, logs);
    all.forEach(signal -> signal.journal().hold("snapshot", signal.journal().start()));
    try {
      metrics.snapshot(target, "metrics");
      traces.snapshot(target, "traces");
      logs.snapshot(target, "logs");
    } finally {
      all.forEach(signal -> signal.journal().hold("snapshot", Long.MAX_VALUE));
    }
  }

  /** Whether every store holds what its journal brought from before the start. */
  boolean caughtUp() {
    return traces.caughtUp() && logs.caughtUp() && metrics.caughtUp();
  }

  /** Stops taking batches, applies and commits what was taken, and closes stores and journals. */
  @Override
  public void close() {
    traces.close();
    logs.close();
    metrics.close();
  }
}
