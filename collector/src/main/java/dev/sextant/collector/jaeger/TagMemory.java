package dev.sextant.collector.jaeger;

import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.receive.Outcome;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * Counts the heap that a message takes while it is converted: what one span holds until it is
 * written, and what stays until the message is answered. For one message.
 */
final class TagMemory {
  /** Of a key, a value and the entry that holds them, beside the bytes of their texts. */
  private static final int PAIR = 192;

  /**
   * Of one span or process. What {@link dev.sextant.storage.otlp.OtlpLimits} lets a row take as
   * bytes is less than this as objects.
   */
  static final long PER_SPAN = 64 << 20;

  private final LongPredicate grow;
  private final LongConsumer shrink;
  private long ofSpan;
  private boolean tooLarge;

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

  TagMemory(BodyMemory.Lease lease) {
    this(lease::grow, lease::shrink);
  }

  private TagMemory(LongPredicate grow, LongConsumer shrink) {
    this.grow = grow;
    this.shrink = shrink;
  }

  /** For a message that is small by itself, as a datagram is. */
  static TagMemory ofDatagram() {
    return new TagMemory(bytes -> true, bytes -> {});
  }

  /**
   * Counts a key with its value, or something else of that size, of the span that is being read.
   *
   * @param bytes of its texts
   * @return false where the span holds too much already: it is to be read on and not to be kept
   */
  boolean pair(long bytes) {
    long more = PAIR + 2 * bytes;
    if (tooLarge || ofSpan + more > PER_SPAN) {
      tooLarge = true;
      return false;
    }
    keep(more);
    ofSpan += more;
    return true;
  }

  /** Whether the span or process that is being read holds too much. */
  boolean isTooLarge() {
    return tooLarge;
  }

  /** Counts what stays until the message is answered. */
  void keep(long bytes) {
    if (!grow.test(bytes)) {
      throw new FullException();
    }
  }

  /** The span was written, or left out. */
  void spanWritten() {
    shrink.accept(ofSpan);
    ofSpan = 0;
    tooLarge = false;
  }

  /** What was read since the last span stays until the message is answered. */
  void keepRead() {
    ofSpan = 0;
  }
}
