package dev.sextant.storage.block;

import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a block is made of, as it is being written. For one block. */
public final class BlockContent {
  private final Set<String> terms = new HashSet<>();
  private final List<byte[]> parts = new ArrayList<>();

  /** Length and checksum of a part → its number. */
  private final Map<Long, Integer> known = new HashMap<>();

  private final Map<String, Long> numbers = new LinkedHashMap<>();
  private final ByteWriter section = new ByteWriter(1024);

  public BlockContent() {}

  /** A word that the block can be found by. */
  void term(String word) {
    terms.add(word);
  }

  /**
   * Adds a part, copied. One that is the same as another is that one.
   *
   * @return its number, counted from 0
   */
  public int part(ByteWriter bytes) {
    return part(bytes.toByteArray());
  }

  /** As above; the array must not change any more. */
  public int part(byte[] bytes) {
    long key = (long) bytes.length << 32 | BlockHeader.checksum(Slice.of(bytes)) & 0xffffffffL;
    int same = known.getOrDefault(key, -1);
    if (same >= 0 && Arrays.equals(parts.get(same), bytes)) {
      return same;
    }
    known.put(key, parts.size());
    parts.add(bytes);
    return parts.size() - 1;
  }

  /** Adds a part, copied, that gets a number of its own even where it is the same as another. */
  public int ownPart(ByteWriter bytes) {
    parts.add(bytes.toByteArray());
    return parts.size() - 1;
  }

  /** As above. */
  public int ownPart(Slice bytes) {
    parts.add(bytes.copy());
    return parts.size() - 1;
  }

  /** As {@link #part(byte[])}, copied. */
  public int part(Slice bytes) {
    return part(bytes.copy());
  }

  /** A number that can be told without opening the block; see {@link RunLayout#numbers}. */
  public void number(String name, long value) {
    numbers.put(name, value);
  }

  Map<String, Long> numbers() {
    return numbers;
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
