package dev.sextant.collector.otlp;

import dev.sextant.collector.receive.Outcome;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * Takes one export request as protobuf: checks it, drops what cannot be kept, and writes the rest
 * to the signal's sink. Holds no state of a request; thread-safe.
 */
public interface SignalReceiver {
  /**
   * @param request backed by an array that nothing else writes to, valid until the stage completes
   */
  CompletionStage<Outcome> receive(String tenant, ByteBuffer request);
}
