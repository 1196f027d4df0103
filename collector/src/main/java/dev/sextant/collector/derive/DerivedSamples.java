package dev.sextant.collector.derive;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.MetricsBatch.TargetSamples;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts as the samples of a tick, and back. Every series is written at every tick; one that is new
 * is written as 0 at the tick before too, or {@code increase()} would miss its first value.
 */
final class DerivedSamples {
  private DerivedSamples() {}

  static MetricsBatch write(
      String tenant,
      CallCounts calls,
      EdgeCounts edges,
      MetricsBatch.Derived position,
      long zeroMillis) {
    MetricsBatchBuilder batch = new MetricsBatchBuilder(tenant);
    Series out = new Series(batch, position.tickMillis());
    for (CallCounts.Counted counted : calls.all().values()) {
      out.begin(counted.birth, zeroMillis);
      out.sample(counted.calls, counted.latency.count());
      out.histogram(counted.latencies, counted.latency);
    }
    for (EdgeCounts.Counted counted : edges.all().values()) {
      out.begin(counted.birth, zeroMillis);
      out.sample(counted.requestLabels, counted.client.count());
      out.sample(counted.failedLabels, counted.failed);
      out.histogram(counted.serverLabels, counted.server);
      out.histogram(counted.clientLabels, counted.client);
    }
    metadata(batch);
    return batch.derived(position).build();
  }

  private static void metadata(MetricsBatchBuilder batch) {
    batch
        .metadata(new Metadata(Call.CALLS, "counter", "Spans.", ""))
        .metadata(new Metadata(Call.LATENCY, "histogram", "Duration of spans.", "seconds"))
        .metadata(new Metadata(Edge.REQUESTS, "counter", "Requests between two nodes.", ""))
        .metadata(new Metadata(Edge.FAILED, "counter", "Failed requests between nodes.", ""))
        .metadata(
            new Metadata(
                Edge.SERVER_SECONDS, "histogram", "Duration as the server saw it.", "seconds"))
        .metadata(
            new Metadata(
                Edge.CLIENT_SECONDS, "histogram", "Duration as the client saw it.", "seconds"));
  }

  /** Writes series of one start at one tick. */
  private static final class Series {
    private final MetricsBatchBuilder batch;
    private final long tickMillis;
    private long startMillis;
    private boolean isNew;

    Series(MetricsBatchBuilder batch, long tickMillis) {
      this.batch = batch;
      this.tickMillis = tickMillis;
    }

    void begin(Birth birth, long zeroMillis) {
      isNew = birth.isNew();
      startMillis = birth.millis(zeroMillis);
    }

    void sample(Labels labels, double value) {
      if (isNew) {
        batch.add(Labels.EMPTY, labels, startMillis, 0, startMillis);
      }
      batch.add(Labels.EMPTY, labels, tickMillis, value, startMillis);
    }

    void histogram(HistogramLabels series, Latency latency) {
      for (int i = 0; i < Latency.LE.size(); i++) {
        Labels labels = series.buckets().get(i);
        sample(labels, latency.cumulative(i));
        Exemplar exemplar = latency.takeExemplar(i);
        if (exemplar != null) {
          batch.exemplar(Labels.EMPTY, labels, exemplar);
        }
      }
      sample(series.sum(), latency.sum());
      sample(series.count(), latency.count());
    }
  }

  /** Takes the last sample of every series of a batch that {@link #write} made. */
  static void read(MetricsBatch batch, CallCounts calls, EdgeCounts edges) {
    Map<Call, Read> readCalls = new HashMap<>();
    Map<Edge, Read> servers = new HashMap<>();
    Map<Edge, Read> clients = new HashMap<>();
    for (TargetSamples target : batch.targets()) {
      for (SeriesSamples series : target.series()) {
        String name = series.labels().metricName();
        double value = series.values()[series.values().length - 1];
        if (name.equals(Call.CALLS)) {
          calls.add(Call.of(series.labels())).birth.restore(start(series));
        } else if (name.startsWith(Call.LATENCY)) {
          read(readCalls, Call.of(series.labels()), name, series, value);
        } else if (name.equals(Edge.REQUESTS)) {
          edges.add(Edge.of(series.labels())).birth.restore(start(series));
        } else if (name.equals(Edge.FAILED)) {
          edges.add(Edge.of(series.labels())).failed = (long) value;
        } else if (name.startsWith(Edge.SERVER_SECONDS)) {
          read(servers, Edge.of(series.labels()), name, series, value);
        } else if (name.startsWith(Edge.CLIENT_SECONDS)) {
          read(clients, Edge.of(series.labels()), name, series, value);
        }
      }
    }
    readCalls.forEach((call, read) -> read.into(calls.add(call).latency));
    servers.forEach((edge, read) -> read.into(edges.add(edge).server));
    clients.forEach((edge, read) -> read.into(edges.add(edge).client));
  }

  private static long start(SeriesSamples series) {
    long[] starts = series.startTimestamps();
    return starts == null ? 1 : starts[starts.length - 1];
  }

  private static <K> void read(
      Map<K, Read> all, K key, String name, SeriesSamples series, double value) {
    Read read = all.computeIfAbsent(key, k -> new Read());
    if (name.endsWith(HistogramLabels.BUCKET)) {
      int index = Latency.LE.indexOf(series.labels().get("le"));
      if (index >= 0) {
        read.cumulative[index] = (long) value;
      }
    } else if (name.endsWith(HistogramLabels.SUM)) {
      read.sum = value;
    }
  }

  /** A histogram as it was written. */
  private static final class Read {
    final long[] cumulative = new long[Latency.LE.size()];
    double sum;

    void into(Latency latency) {
      latency.restore(cumulative, sum);
    }
  }
}
