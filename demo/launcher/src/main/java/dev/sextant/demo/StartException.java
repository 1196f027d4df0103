package dev.sextant.demo;

/** The landscape cannot start; one sentence that says why and what to do. */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartException(String message) {
    super(message);
  }
}
