package dev.sextant.collector.otlp.metrics;

import dev.sextant.collector.otlp.SignalReceiver;
import dev.sextant.collector.otlp.Unreadable;
import dev.sextant.collector.receive.Delivery;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.storage.Sink;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.Slice;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Maps the metrics of an export request to series and writes them to their sink. */
public final class MetricReceiver implements SignalReceiver {
  private final Sink<MetricsBatch> sink;
  private final EventWindow window;
  private final OtlpLimits nesting;
  private final SeriesLimits limits;
  private final KnownMetrics known;

  /**
   * @param knownBytes memory for the resources, metrics and series met lately, in bytes
   */
  public MetricReceiver(
      Sink<MetricsBatch> sink,
      EventWindow window,
      OtlpLimits nesting,
      SeriesLimits limits,
      long knownBytes) {
    this.sink = sink;
    this.window = window;
    this.nesting = nesting;
    this.limits = limits;
    this.known = new KnownMetrics(knownBytes);
  }

  @Override
  public CompletionStage<Outcome> receive(String tenant, ByteBuffer request) {
    MetricsBatchBuilder batch = new MetricsBatchBuilder(tenant);
    int from = request.arrayOffset() + request.position();
    Slice bytes = new Slice(request.array(), from, from + request.remaining());
    MetricMapping mapping = new MetricMapping(bytes, batch, window, nesting, limits, known);
    try {
      mapping.map();
    } catch (MalformedOtlpException e) {
      return CompletableFuture.completedFuture(Unreadable.outcome(e));
    }
    Outcome taken = mapping.rejections().outcome();
    return batch.samples() == 0
        ? CompletableFuture.completedFuture(taken)
        : Delivery.write(sink, batch.build(), taken);
  }
}
