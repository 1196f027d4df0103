package dev.sextant.collector.jaeger;

import dev.sextant.collector.otlp.SignalReceiver;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Tenants;
import dev.sextant.collector.thrift.MalformedThriftException;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.Slice;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * Converts one message and hands its spans to the receiver of OTLP's, so that checks, limits and
 * the journal are the same. Thread-safe.
 */
final class JaegerReceiver {
  /** Heap that a message's bytes take as OTLP, at most, near enough to bound it by. */
  private static final long CONVERTED = 4;

  private final SignalReceiver otlp;

  JaegerReceiver(SignalReceiver otlp) {
    this.otlp = otlp;
  }

  /**
   * Accepted once durable. A message of which no span can be kept is invalid.
   *
   * @param format reads the message's spans
   */
  CompletionStage<Outcome> receive(
      Slice message, BiConsumer<Slice, JaegerSpans> format, TagMemory memory) {
    JaegerSpans spans = new JaegerSpans(memory);
    try {
      memory.keep(CONVERTED * message.length());
      format.accept(message, spans);
    } catch (MalformedThriftException | MalformedOtlpException e) {
      return done(
          new Outcome.Invalid("the message is no batch of Jaeger's spans: " + e.getMessage()));
    } catch (TagMemory.FullException e) {
      return done(TagMemory.FullException.outcome());
    }
    long all = spans.size() + spans.rejections().count();
    if (spans.size() == 0) {
      return done(unlessAllRejected(spans.rejections().outcome(), all));
    }
    return otlp.receive(Tenants.DEFAULT, spans.request())
        .thenApply(outcome -> unlessAllRejected(spans.rejections().before(outcome), all));
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }

  private static Outcome unlessAllRejected(Outcome outcome, long all) {
    return outcome instanceof Outcome.Partial(long rejected, long untimely, String message)
            && rejected >= all
        ? new Outcome.Invalid(message)
        : outcome;
  }
}
