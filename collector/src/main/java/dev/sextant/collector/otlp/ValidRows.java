package dev.sextant.collector.otlp;

import dev.sextant.collector.receive.Delivery;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.storage.Batch;
import dev.sextant.storage.Sink;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.Validation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** What traces and logs have in common: good rows are written, bad ones make a partial success. */
final class ValidRows {
  private ValidRows() {}

  static <B extends Batch> CompletionStage<Outcome> write(
      Supplier<Validation> validation,
      EventWindow window,
      Function<Validation, B> batch,
      Sink<B> sink) {
    Validation checked;
    try {
      checked = validation.get();
    } catch (MalformedOtlpException e) {
      return CompletableFuture.completedFuture(Unreadable.outcome(e));
    }
    Outcome taken = outcome(checked, window);
    return checked.rows() == 0
        ? CompletableFuture.completedFuture(taken)
        : Delivery.write(sink, batch.apply(checked), taken);
  }

  private static Outcome outcome(Validation checked, EventWindow window) {
    if (checked.rejected() == 0) {
      return Outcome.ACCEPTED;
    }
    return new Outcome.Partial(
        checked.rejected(),
        checked.untimely(),
        checked.message() + ". Times are accepted from " + window.text());
  }
}
