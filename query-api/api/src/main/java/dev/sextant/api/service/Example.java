package dev.sextant.api.service;

import dev.sextant.storage.otlp.SpanId;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.model.SpanBatch;

/** A span that shows what is meant. */
public record Example(long traceHigh, long traceLow, long span) {
  static Example of(SpanBatch batch, int row) {
    return new Example(batch.traceHigh()[row], batch.traceLow()[row], batch.spanIds()[row]);
  }

  String traceId() {
    return new TraceId(traceHigh, traceLow).toString();
  }

  String spanId() {
    return SpanId.toHex(span);
  }
}
