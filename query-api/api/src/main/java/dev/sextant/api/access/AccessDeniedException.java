package dev.sextant.api.access;

/** The principal may not do this; the message says what is missing. */
public final class AccessDeniedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public AccessDeniedException(String message) {
    super(message);
  }
}
