package dev.sextant.storage.block;

import org.jspecify.annotations.Nullable;

/**
 * How a signal's closed blocks lie in their parts. Thread-safe.
 *
 * <p>Parts are read one by one, so what is asked for together should be one part and what is not
 * should not.
 */
public interface BlockLayout {
  /** What open blocks keep of each row. */
  BlockSchema schema();

  /** Gives the parts of a block that closes. */
  void write(RowBlock block, BlockContent content);

  /**
   * A stored block; parts are read when they are needed.
   *
   * @throws dev.sextant.storage.codec.CorruptDataException where the section is no such layout's
   */
  Block open(StoredParts parts);

  /**
   * Gives the parts of a stored block anew, from those that cannot be made again.
   *
   * @throws BlockDamagedException where one of those is damaged
   */
  void rewrite(StoredParts parts, BlockContent content);

  /** How blocks are written anew as runs; null where they are not. */
  default @Nullable RunLayout runs() {
    return null;
  }
}
