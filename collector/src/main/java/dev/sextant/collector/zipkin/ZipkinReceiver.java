package dev.sextant.collector.zipkin;

import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.otlp.SignalReceiver;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Rejections;
import dev.sextant.storage.otlp.Slice;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes one message of a Zipkin reporter: turns its spans into an OTLP request and hands that to
 * the receiver of OTLP's spans, whose checks, limits and journal are the same for all. Holds no
 * state of a message; thread-safe.
 */
final class ZipkinReceiver {
  private final SignalReceiver spans;
  private final ZipkinLimits limits;
  private final InstantSource clock;

  ZipkinReceiver(SignalReceiver spans, ZipkinLimits limits, InstantSource clock) {
    this.spans = spans;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Good spans are kept, and bad ones next to them counted, where the message can be read.
   *
   * @param memory to count there what is made of the body; kept until the stage completes
   */
  CompletionStage<Outcome> receive(
      String tenant, ByteBuffer body, ZipkinFormat format, BodyMemory.Lease memory) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    GatheredSpans gathered = new GatheredSpans(now, limits, memory);
    try {
      format.read(Slice.of(body), gathered);
    } catch (UnreadableException e) {
      return CompletableFuture.completedFuture(e.outcome());
    }
    Rejections ours = gathered.rejections();
    return gathered.isEmpty()
        ? CompletableFuture.completedFuture(ours.outcome())
        : spans.receive(tenant, gathered.request()).thenApply(ours::before);
  }
}
