package dev.sextant.collector.http;

import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.collector.receive.Outcome;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** Takes the messages of one request, which may be many and come over a long time. */
public interface MessageHandler {
  /**
   * Takes one message. Called for one message after the other, in their order, on a thread that may
   * block; the next one may come before the stage of this one has completed. An outcome that is
   * neither {@link Outcome.Accepted} nor {@link Outcome.Partial} ends the request. The message's
   * memory stays counted until the stage completes; a failure of the stage is a defect and becomes
   * 500.
   *
   * @param message backed by an array that nothing else writes to
   * @param memory to count there what is allocated in proportion to the message
   */
  CompletionStage<Outcome> received(ByteBuffer message, BodyMemory.Lease memory);

  /**
   * The answer, once every message that was taken has its outcome.
   *
   * @param outcome what ended the request early; else partial with the sum of all that was
   *     rejected; else accepted
   */
  HttpResponse ended(Outcome outcome);
}
