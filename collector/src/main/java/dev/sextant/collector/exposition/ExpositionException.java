package dev.sextant.collector.exposition;

/** An exposition that does not follow its format; the message names the line. */
public final class ExpositionException extends Exception {
  private static final long serialVersionUID = 1;

  ExpositionException(int line, String message) {
    super("line " + line + ": " + message, null, false, false);
  }
}
