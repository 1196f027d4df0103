package dev.sextant.collector.http;

import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.collector.receive.Outcome;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** Answers a request once its body is read and decompressed, or refused. */
public interface BodyHandler {
  /**
   * Runs on a thread that may block. The body's memory stays counted until the stage completes; a
   * failure of the stage is a defect and becomes 500.
   *
   * @param body backed by an array that nothing else writes to
   * @param memory to count there what the handler allocates in proportion to the body
   */
  CompletionStage<HttpResponse> received(ByteBuffer body, BodyMemory.Lease memory);

  /** The answer where the body was not taken. */
  HttpResponse refused(Outcome outcome);
}
