package dev.sextant.storage.block;

import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.codec.LongSet;
import java.util.HashSet;
import java.util.Set;

/** What can be looked up in a block without reading its rows. */
public final class BlockIndex {
  /** Stands in blocks that hold words which are no terms. */
  static final String INCOMPLETE = "\u0001";

  private final Set<String> terms = new HashSet<>();
  private final LongSet keys = new LongSet();
  private final ByteWriter summary = new ByteWriter(64);

  /** A word that some row holds. */
  public void term(String word) {
    terms.add(word);
  }

  /**
   * Some row holds a word that is not noted as a term; every search by terms looks into this block.
   */
  public void incomplete() {
    terms.add(INCOMPLETE);
  }

  /** A well-mixed hash of something that some row holds. */
  public void key(long hash) {
    keys.add(hash);
  }

  /** What the signal wants to know of the block without reading its columns. */
  public ByteWriter summary() {
    return summary;
  }

  Set<String> terms() {
    return terms;
  }

  LongSet keys() {
    return keys;
  }
}
