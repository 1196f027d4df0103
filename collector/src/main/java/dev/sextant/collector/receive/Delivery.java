package dev.sextant.collector.receive;

import dev.sextant.storage.Batch;
import dev.sextant.storage.Sink;
import java.util.concurrent.CompletionStage;

/** Hands a batch to a sink and puts its answer into a receiver's terms. */
public final class Delivery {
  private Delivery() {}

  /** The outcome where the batch was taken is {@code taken}: accepted, or partial. */
  public static <B extends Batch> CompletionStage<Outcome> write(
      Sink<B> sink, B batch, Outcome taken) {
    return sink.write(batch).thenApply(written -> outcome(written, taken));
  }

  private static Outcome outcome(Sink.Written written, Outcome taken) {
    return switch (written) {
      case Sink.Written.Accepted accepted -> taken;
      case Sink.Written.Throttled(long retry, String reason) ->
          new Outcome.Throttled(retry, reason);
      case Sink.Written.Unavailable(long retry, String reason) ->
          new Outcome.Unavailable(retry, reason);
      case Sink.Written.TooLarge(String reason) -> new Outcome.TooLarge(reason);
    };
  }
}
