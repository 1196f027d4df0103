package dev.sextant.collector.skywalking;

import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Rejections;
import dev.sextant.storage.otlp.Slice;
import java.nio.ByteBuffer;

/**
 * What became of one message.
 *
 * @param request of OTLP; empty where nothing is to be kept
 * @param items in it, in OTLP's own unit
 * @param rejections of what is not in it
 */
record Converted(ByteBuffer request, long items, Rejections rejections) {
  /** A request that holds everything. */
  static Converted whole(ByteBuffer request, long items) {
    return new Converted(request, items, new Rejections());
  }

  /** There was nothing to write. */
  static Converted nothing() {
    return whole(ByteBuffer.allocate(0), 0);
  }

  /** Adds what was rejected before to what OTLP's receiver says. */
  Outcome together(Outcome outcome) {
    return rejections.before(outcome);
  }

  /** Reads one message, and makes of it what OTLP's receivers take. */
  @FunctionalInterface
  interface Conversion {
    /**
     * @throws dev.sextant.storage.otlp.MalformedOtlpException where the bytes are no such message
     * @throws ConversionMemory.FullException where memory does not suffice now
     */
    Converted convert(Slice message, ConversionMemory memory);
  }
}
