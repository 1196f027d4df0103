package dev.sextant.collector.remotewrite;

import dev.sextant.collector.receive.Delivery;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.KnownBytes;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Rejections;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.collector.receive.Texts;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.storage.Sink;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.ProtoReader;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Walks a {@code prometheus.WriteRequest} and writes its good samples. The format is {@code
 * prompb/remote.proto} and {@code types.proto} of Prometheus.
 */
public final class RemoteWriteReceiver {
  private static final int MAX_DEPTH = 8;
  private static final String[] TYPES = {
    "unknown", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset"
  };

  private final Sink<MetricsBatch> sink;
  private final EventWindow window;
  private final SeriesLimits limits;
  private final KnownBytes<SeriesName> known;
  private final Texts texts = new Texts();

  /**
   * @param knownBytes memory for the series met lately, in bytes
   */
  public RemoteWriteReceiver(
      Sink<MetricsBatch> sink, EventWindow window, SeriesLimits limits, long knownBytes) {
    this.sink = sink;
    this.window = window;
    this.limits = limits;
    this.known = new KnownBytes<>(knownBytes);
  }

  /**
   * @param request backed by an array that nothing else writes to
   */
  public CompletionStage<Outcome> receive(String tenant, ByteBuffer request) {
    MetricsBatchBuilder batch = new MetricsBatchBuilder(tenant);
    Rejections rejections = new Rejections();
    try {
      TimeSeries series = new TimeSeries(known, texts, reader(request), window, limits, rejections);
      walk(reader(request), series, batch);
    } catch (MalformedOtlpException e) {
      return CompletableFuture.completedFuture(
          new Outcome.Invalid("the body is not a prometheus.WriteRequest: " + e.getMessage()));
    }
    Outcome taken = rejections.outcome();
    return batch.isEmpty()
        ? CompletableFuture.completedFuture(taken)
        : Delivery.write(sink, batch.build(), taken);
  }

  private static ProtoReader reader(ByteBuffer request) {
    int from = request.arrayOffset() + request.position();
    return new ProtoReader(request.array(), from, from + request.remaining(), MAX_DEPTH);
  }

  private static void walk(ProtoReader reader, TimeSeries series, MetricsBatchBuilder batch) {
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> {
          int outer = reader.enter();
          series.take(reader, batch);
          reader.leave(outer);
        }
        case 3 -> metadata(reader, batch);
        default -> reader.skip();
      }
    }
  }

  private static void metadata(ProtoReader reader, MetricsBatchBuilder batch) {
    int type = 0;
    String family = "";
    String help = "";
    String unit = "";
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> type = reader.varint32();
        case 2 -> family = reader.string();
        case 4 -> help = reader.string();
        case 5 -> unit = reader.string();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    if (!family.isEmpty()) {
      String named = type >= 0 && type < TYPES.length ? TYPES[type] : TYPES[0];
      batch.metadata(new Metadata(family, named, help, unit));
    }
  }
}
