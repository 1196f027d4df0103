package dev.sextant.storage.journal;

import java.io.IOException;

/**
 * The journal could not take a batch, or a part of it cannot be read; the message names file,
 * offset and reason.
 */
public final class JournalException extends IOException {
  private static final long serialVersionUID = 1;

  /** What kind of failure it is. */
  public enum Reason {
    /** The file system refused a write or an fsync; a later append may succeed. */
    WRITE_FAILED,
    /** More bytes wait for an fsync than the setting allows; a later append may succeed. */
    QUEUE_FULL,
    /** The batch alone is over a limit and never fits. */
    TOO_LARGE,
    /** The journal is closed. */
    CLOSED,
    /** Bytes that were durable do not check out. */
    DAMAGED,
    /** The files are of another version, or of another journal. */
    FOREIGN
  }

  private final Reason reason;

  public JournalException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public JournalException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
