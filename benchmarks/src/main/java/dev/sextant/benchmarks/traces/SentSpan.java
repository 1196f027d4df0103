package dev.sextant.benchmarks.traces;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/**
 * A span on its way.
 *
 * @param atMillis when its instance sends it, since the epoch
 */
record SentSpan(MadeTrace trace, MadeSpan span, long atMillis) implements Comparable<SentSpan> {
  private static final long EXPORT_MILLIS = 5_000;

  /** Sent with what its instance's SDK has gathered, every five seconds. */
  static SentSpan of(MadeTrace trace, MadeSpan span) {
    long phase = Math.floorMod(Ids.mix(span.instance), EXPORT_MILLIS);
    long end = span.endNanos() / 1_000_000 - phase;
    return new SentSpan(trace, span, (end / EXPORT_MILLIS + 1) * EXPORT_MILLIS + phase);
  }

  @Override
  public int compareTo(SentSpan other) {
    int byTime = Long.compare(atMillis, other.atMillis);
    int byTrace = byTime != 0 ? byTime : Long.compare(trace.number(), other.trace.number());
    return byTrace != 0 ? byTrace : Integer.compare(span.index, other.span.index);
  }

  Span otlp() {
    Span.Builder to =
        Span.newBuilder()
            .setTraceId(Ids.traceBytes(trace.number()))
            .setSpanId(Ids.spanBytes(trace.number(), span.index))
            .setFlags(0x101)
            .setName(span.name)
            .setKind(span.kind)
            .setStartTimeUnixNano(span.startNanos)
            .setEndTimeUnixNano(span.endNanos())
            .addAllAttributes(span.attributes)
            .addAllEvents(span.events);
    if (span.parent >= 0) {
      to.setParentSpanId(parentId());
    }
    for (long link : span.links) {
      to.addLinks(
          Span.Link.newBuilder()
              .setTraceId(Ids.traceBytes(link))
              .setSpanId(Ids.spanBytes(link, 0))
              .setFlags(0x101));
    }
    if (span.failed) {
      to.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
    }
    return to.build();
  }

  private ByteString parentId() {
    return Ids.spanBytes(trace.number(), span.parent);
  }
}
