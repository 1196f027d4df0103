package dev.sextant.alerting.rule;

/** A rule file that cannot be taken; the message names file, line and what is wrong. */
public final class RuleFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RuleFileException(String message) {
    super(message);
  }

  public RuleFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
