package dev.sextant.collector.otlp;

import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.log.LogBatch;
import dev.sextant.log.OtlpLogs;
import dev.sextant.storage.Sink;
import dev.sextant.storage.otlp.OtlpLimits;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** Writes the good log records of an export request to their sink. */
public final class LogReceiver implements SignalReceiver {
  private final Sink<LogBatch> sink;
  private final EventWindow window;
  private final OtlpLimits limits;

  public LogReceiver(Sink<LogBatch> sink, EventWindow window, OtlpLimits limits) {
    this.sink = sink;
    this.window = window;
    this.limits = limits;
  }

  @Override
  public CompletionStage<Outcome> receive(String tenant, ByteBuffer request) {
    return ValidRows.write(
        () -> OtlpLogs.validate(request, limits.withTimes(window.range())),
        window,
        good -> new LogBatch(tenant, good.rows(), good.cleaned()),
        sink);
  }
}
