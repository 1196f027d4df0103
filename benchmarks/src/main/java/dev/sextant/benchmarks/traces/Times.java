package dev.sextant.benchmarks.traces;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Gives a tree its failures and times. A span's own work is log-normal around its operation's
 * median; it calls one thing after another and lasts as long as it and they together. A thousandth
 * of all work hangs for up to three seconds. What is detached begins after its message was on its
 * way, mostly for milliseconds, sometimes for half a minute.
 */
final class Times {
  private static final double SPREAD = 0.8;
  private static final double BEFORE_CHILDREN = 0.3;

  private final SplittableRandom random;
  private final Day day;

  Times(SplittableRandom random, Day day) {
    this.random = random;
    this.day = day;
  }

  void set(List<MadeSpan> spans, long startNanos) {
    double part = day.part(startNanos);
    for (MadeSpan span : spans) {
      boolean incident = part > 0.55 && part < 0.58 && span.service.name.equals("payments");
      span.selfNanos = (long) (self(span) * (incident ? 8 : 1));
      span.failed = random.nextDouble() < (incident ? 0.3 : span.isServing() ? 0.004 : 0.0008);
    }
    measure(spans);
    place(spans, startNanos);
  }

  private double self(MadeSpan span) {
    double nanos = medianMillis(span) * 1e6 * Math.exp(SPREAD * random.nextGaussian());
    return random.nextInt(1000) == 0 ? nanos + random.nextDouble() * 3e9 : nanos;
  }

  private static double medianMillis(MadeSpan span) {
    if (span.database != null) {
      return switch (span.database.system()) {
        case "redis" -> 0.25;
        case "elasticsearch" -> 6;
        default -> 1.1;
      };
    }
    if (span.kind == SpanKind.SPAN_KIND_INTERNAL) {
      return span.operation == null ? 0.15 : span.operation.millis();
    }
    if (span.kind == SpanKind.SPAN_KIND_PRODUCER) {
      return 0.4;
    }
    return span.kind == SpanKind.SPAN_KIND_CLIENT || span.operation == null
        ? 0.5
        : span.operation.millis();
  }

  /** Durations and failures, from the leaves up. */
  private void measure(List<MadeSpan> spans) {
    for (MadeSpan span : spans) {
      span.durationNanos = span.selfNanos;
    }
    for (MadeSpan span : spans.reversed()) {
      if (span.parent >= 0 && !span.detached) {
        MadeSpan parent = spans.get(span.parent);
        parent.durationNanos += span.durationNanos;
        boolean sameCall = parent.kind == SpanKind.SPAN_KIND_CLIENT;
        parent.failed |= span.failed && (sameCall || random.nextInt(2) == 0);
      }
    }
  }

  /** Starts, from the root down: each child when the one before it has ended. */
  private void place(List<MadeSpan> spans, long startNanos) {
    long[] next = new long[spans.size()];
    for (MadeSpan span : spans) {
      long start;
      if (span.parent < 0) {
        start = startNanos;
      } else if (span.detached) {
        start = spans.get(span.parent).endNanos() + lag();
      } else {
        start = next[span.parent];
        next[span.parent] = start + span.durationNanos;
      }
      long grain = span.service.language.clockNanos;
      span.startNanos = start / grain * grain;
      span.durationNanos = span.durationNanos / grain * grain;
      next[span.index] = start + (long) (span.selfNanos * BEFORE_CHILDREN);
    }
  }

  private long lag() {
    double millis = random.nextInt(50) == 0 ? 30_000 : 40;
    return (long) (millis * 1e6 * random.nextDouble());
  }
}
