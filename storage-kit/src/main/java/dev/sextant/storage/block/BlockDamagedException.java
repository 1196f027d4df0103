package dev.sextant.storage.block;

import dev.sextant.storage.StoreException;

/**
 * A part of a block does not have the checksum that it was stored with. Other parts and other
 * blocks can be read.
 */
public final class BlockDamagedException extends StoreException {
  private static final long serialVersionUID = 1;

  public BlockDamagedException(String message) {
    super(message);
  }

  public BlockDamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
