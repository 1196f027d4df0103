package dev.sextant.storage.codec;

/** Encoded bytes that no encoder wrote. */
public final class CorruptDataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CorruptDataException(String message) {
    super(message);
  }
}
