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
   * @param message why, naming the first of them
   */
  record Partial(long rejected, String message) implements Outcome {}

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
