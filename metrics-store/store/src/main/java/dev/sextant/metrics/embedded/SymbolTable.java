package dev.sextant.metrics.embedded;

import dev.sextant.metrics.column.ByteWriter;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Sorted texts, front-coded in groups of {@link #GROUP}; a text's number is its rank. Reads from
 * mapped memory, for any thread.
 *
 * <p>{@code u32} count; for each group the {@code u32} offset of its first text behind these
 * offsets; then for each text the length of what it shares with the one before (0 at the start of a
 * group) and the length of the rest, both in bytes of UTF-8 as varint, and the rest.
 */
final class SymbolTable {
  private static final int GROUP = 16;

  private final MemorySegment bytes;
  private final int count;
  private final long texts;

  SymbolTable(MemorySegment section) {
    this.bytes = section;
    this.count = Mapped.u32(section, 0);
    this.texts = 4 + 4L * ((count + GROUP - 1) / GROUP);
  }

  /**
   * @param sorted in order of {@link String#compareTo}, none twice
   */
  static void write(ByteWriter out, List<String> sorted) {
    ByteWriter texts = new ByteWriter(1 << 12);
    out.u32(sorted.size());
    byte[] last = new byte[0];
    for (int i = 0; i < sorted.size(); i++) {
      byte[] utf8 = sorted.get(i).getBytes(StandardCharsets.UTF_8);
      int shared = 0;
      if (i % GROUP == 0) {
        out.u32(texts.size());
      } else {
        int mismatch = Arrays.mismatch(last, utf8);
        shared = mismatch < 0 ? utf8.length : mismatch;
      }
      texts.varint(shared);
      texts.varint(utf8.length - shared);
      texts.bytes(utf8, shared, utf8.length - shared);
      last = utf8;
    }
    out.bytes(texts.array(), 0, texts.size());
  }

  int size() {
    return count;
  }

  /** The text of a number from 0 to {@link #size()} − 1. */
  String text(int number) {
    Mapped at = new Mapped(bytes, groupStart(number / GROUP));
    byte[] text = new byte[0];
    for (int i = number / GROUP * GROUP; i <= number; i++) {
      int shared = (int) at.varint();
      int rest = (int) at.varint();
      text = Arrays.copyOf(text, shared + rest);
      at.bytes(text, shared, rest);
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  /** The number of a text, or −(the number it would have) − 1. */
  int find(String text) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = text(middle).compareTo(text);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private long groupStart(int group) {
    return texts + Integer.toUnsignedLong(Mapped.u32(bytes, 4 + 4L * group));
  }
}
