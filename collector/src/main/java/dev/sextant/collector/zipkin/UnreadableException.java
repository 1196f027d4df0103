package dev.sextant.collector.zipkin;

import dev.sextant.collector.receive.Outcome;

/** The message as a whole is not taken, and reading it ends. */
final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Outcome outcome;

  UnreadableException(Outcome outcome) {
    super(outcome.toString(), null, false, false);
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }
}
