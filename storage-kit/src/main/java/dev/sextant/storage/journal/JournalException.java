package dev.sextant.storage.journal;

import java.io.IOException;

/**
 * The journal could not write, or a part of it cannot be read; the message names file, offset and
 * reason.
 */
public final class JournalException extends IOException {
  private static final long serialVersionUID = 1;

  public JournalException(String message) {
    super(message);
  }

  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
