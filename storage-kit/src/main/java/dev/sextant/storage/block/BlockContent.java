package dev.sextant.storage.block;

import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.Slice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a block is made of, as it is being written. For one block. */
public final class BlockContent {
  private final Set<String> terms = new HashSet<>();
  private final List<byte[]> parts = new ArrayList<>();
  private final ByteWriter section = new ByteWriter(1024);

  public BlockContent() {}

  /** A word that the block can be found by. */
  void term(String word) {
    terms.add(word);
  }

  /**
   * Adds a part, copied.
   *
   * @return its number, counted from 0
   */
  public int part(ByteWriter bytes) {
    return part(bytes.toByteArray());
  }

  /** As above; the array must not change any more. */
  public int part(byte[] bytes) {
    parts.add(bytes);
    return parts.size() - 1;
  }

  /** As above, copied. */
  public int part(Slice bytes) {
    return part(bytes.copy());
  }

  /** What the layout says of the parts; read with the header, before any of them. */
  public ByteWriter section() {
    return section;
  }

  Set<String> terms() {
    return terms;
  }

  List<byte[]> parts() {
    return parts;
  }
}
