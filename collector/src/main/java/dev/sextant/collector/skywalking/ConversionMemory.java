package dev.sextant.collector.skywalking;

import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.receive.Outcome;

/**
 * Counts the heap that a message takes while it is converted, so that many small items in a message
 * are bounded as one large item is. For one message.
 */
final class ConversionMemory {
  /** OTLP's bytes are written, grown and copied into the request. */
  private static final long COPIES = 4;

  private final BodyMemory.Lease lease;

  /** Where the memory of all bodies is full. */
  static final class FullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private FullException() {
      super(null, null, false, false);
    }

    static Outcome outcome() {
      return new Outcome.Throttled(
          1000,
          "request bodies in flight fill their memory; try again, or raise " + BodyMemory.SETTING);
    }
  }

  ConversionMemory(BodyMemory.Lease lease) {
    this.lease = lease;
  }

  /** Counts a key with its value, or something else of that size, beside the bytes of its texts. */
  void keepPair() {
    keep(64);
  }

  /**
   * Counts an item that is about to be converted.
   *
   * @param bytes that it will take as OTLP, at most
   */
  void keep(long bytes) {
    if (!lease.grow(COPIES * bytes)) {
      throw new FullException();
    }
  }
}
