package dev.sextant.storage.elasticsearch;

import dev.sextant.storage.StoreException;

/** The cluster answered, with an HTTP status that is no success. */
final class RefusedException extends StoreException {
  private static final long serialVersionUID = 1;
  private static final int UNAVAILABLE = 503;

  private final int status;

  RefusedException(String message, int status, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** Whether a shard or the cluster is on its way up, or down. */
  boolean unavailable() {
    return status == UNAVAILABLE;
  }
}
