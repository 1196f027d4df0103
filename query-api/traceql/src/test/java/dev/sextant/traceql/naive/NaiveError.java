package dev.sextant.traceql.naive;

/** The language has no value for this. */
final class NaiveError extends RuntimeException {
  private static final long serialVersionUID = 1;

  NaiveError(String message) {
    super(message);
  }
}
