package dev.sextant.collector.receive;

/**
 * What became of a client's message, before it is put into a protocol's words. Each protocol has
 * one class that maps every outcome to its answer.
 */
public sealed interface Outcome {
  /** Everything is durable, or there was nothing to keep. */
  record Accepted() implements Outcome {}

  /**
   * Some items are durable; {@code rejected} are not and never will be.
   *
   * @param rejected how many items, in the protocol's own unit; 0 carries a warning only
   * @param untimely how many of those for their time alone, which clocks and the retention decide
   * @param message why, naming the first of them
   */
  record Partial(long rejected, long untimely, String message) implements Outcome {
    /** None of them for its time. */
    public Partial(long rejected, String message) {
      this(rejected, 0, message);
    }
  }

  /** Nothing was kept. */
  sealed interface Refused extends Outcome {}

  /** Nothing was kept: we are behind. The same message may be sent again after the given time. */
  record Throttled(long retryAfterMillis, String message) implements Refused {}

  /** Nothing was kept: the message cannot be read or is wrong as a whole. */
  record Invalid(String message) implements Refused {}

  /** Nothing was kept: the message exceeds a limit, which the text names with its setting. */
  record TooLarge(String message) implements Refused {}

  /** Nothing was kept: the message is in a format or a compression that is not taken. */
  record Unsupported(String message) implements Refused {}

  /** Nothing was kept: the journal cannot write now. The same message may be sent again later. */
  record Unavailable(long retryAfterMillis, String message) implements Refused {}

  Outcome ACCEPTED = new Accepted();
}
