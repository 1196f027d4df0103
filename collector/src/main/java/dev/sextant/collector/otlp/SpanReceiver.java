package dev.sextant.collector.otlp;

import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.storage.Sink;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.trace.OtlpTraces;
import dev.sextant.trace.SpanBatch;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** Writes the good spans of an export request to their sink. */
public final class SpanReceiver implements SignalReceiver {
  private final Sink<SpanBatch> sink;
  private final EventWindow window;
  private final OtlpLimits limits;

  public SpanReceiver(Sink<SpanBatch> sink, EventWindow window, OtlpLimits limits) {
    this.sink = sink;
    this.window = window;
    this.limits = limits;
  }

  @Override
  public CompletionStage<Outcome> receive(String tenant, ByteBuffer request) {
    return ValidRows.write(
        () -> OtlpTraces.validate(request, limits.withTimes(window.range())),
        window,
        good -> new SpanBatch(tenant, good.rows(), good.cleaned()),
        sink);
  }
}
