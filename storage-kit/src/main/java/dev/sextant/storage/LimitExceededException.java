package dev.sextant.storage;

/** What was asked for is larger than a limit; the message names the setting that raises it. */
public final class LimitExceededException extends StoreException {
  private static final long serialVersionUID = 1;

  public LimitExceededException(String message) {
    super(message);
  }
}
