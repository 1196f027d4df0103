package dev.sextant.collector.skywalking;

import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.collector.grpc.GrpcReply;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.MessageHandler;
import dev.sextant.collector.otlp.SignalReceiver;
import dev.sextant.collector.receive.LossCounter;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Tenants;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.Slice;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One call, of one message or many: each is converted and handed to OTLP's receiver as it comes.
 * The answer is an empty {@code Commands}, which has no word for items that were rejected beside
 * good ones, so that they are counted; where all were, the call was invalid.
 */
final class SkyWalkingCall implements MessageHandler {
  private final SignalReceiver otlp;
  private final Converted.Conversion conversion;
  private final LossCounter losses;
  private final AtomicLong kept = new AtomicLong();

  SkyWalkingCall(SignalReceiver otlp, Converted.Conversion conversion, LossCounter losses) {
    this.otlp = otlp;
    this.conversion = conversion;
    this.losses = losses;
  }

  @Override
  public CompletionStage<Outcome> received(ByteBuffer message, BodyMemory.Lease memory) {
    Converted converted;
    try {
      converted = conversion.convert(Slice.of(message), new ConversionMemory(memory));
    } catch (MalformedOtlpException e) {
      return CompletableFuture.completedFuture(
          new Outcome.Invalid("not a message of SkyWalking's protocol 3: " + e.getMessage()));
    } catch (ConversionMemory.FullException e) {
      return CompletableFuture.completedFuture(ConversionMemory.FullException.outcome());
    }
    if (converted.items() == 0) {
      return CompletableFuture.completedFuture(rejections(converted.rejections().outcome()));
    }
    return otlp.receive(Tenants.DEFAULT, converted.request())
        .thenApply(
            outcome -> {
              count(outcome, converted.items());
              return rejections(converted.together(outcome));
            });
  }

  private void count(Outcome outcome, long items) {
    switch (outcome) {
      case Outcome.Accepted() -> kept.addAndGet(items);
      case Outcome.Partial(long rejected, long untimely, String why) ->
          kept.addAndGet(items - rejected);
      default -> {}
    }
  }

  /** Counted as they come: a call that fails later tells no more of them. */
  private Outcome rejections(Outcome outcome) {
    return outcome instanceof Outcome.Partial ? losses.counted(outcome) : outcome;
  }

  @Override
  public HttpResponse ended(Outcome outcome) {
    if (outcome instanceof Outcome.Refused) {
      losses.counted(outcome);
    }
    Outcome said =
        outcome instanceof Outcome.Partial(long rejected, long untimely, String why)
                && kept.get() <= 0
            ? new Outcome.Invalid(why)
            : outcome;
    return GrpcReply.to(said, taken -> new byte[0]);
  }
}
