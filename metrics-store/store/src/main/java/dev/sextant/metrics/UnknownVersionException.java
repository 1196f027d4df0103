package dev.sextant.metrics;

import dev.sextant.storage.StoreException;

/** Bytes of a format's version that is not known here: nothing may be guessed, nothing deleted. */
public final class UnknownVersionException extends StoreException {
  private static final long serialVersionUID = 1;

  public UnknownVersionException(String message) {
    super(message);
  }
}
