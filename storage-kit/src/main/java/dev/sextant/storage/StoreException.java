package dev.sextant.storage;

/**
 * A store's engine failed or cannot do what was asked now; the message says what, where and what to
 * do.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
