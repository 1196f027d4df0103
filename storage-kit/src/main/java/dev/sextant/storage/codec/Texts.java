package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;

/**
 * A list of byte strings, one behind the other in one array. Never changes.
 *
 * @param bytes of all, maybe with more around them
 * @param ends where each ends in {@code bytes}; may be longer than the list
 * @param start where the first begins
 * @param size how many
 */
public record Texts(byte[] bytes, int[] ends, int start, int size) {
  public static final Texts EMPTY = new Texts(new byte[0], new int[0], 0, 0);

  public int from(int index) {
    return index == 0 ? start : ends[index - 1];
  }

  public int to(int index) {
    return ends[index];
  }

  public int length(int index) {
    return to(index) - from(index);
  }

  /** One of them, not copied. */
  public Slice get(int index) {
    return new Slice(bytes, from(index), to(index));
  }

  /** Whether one of them is equal to some bytes. */
  public boolean equals(int index, byte[] other, int from, int to) {
    return Arrays.equals(bytes, from(index), to(index), other, from, to);
  }

  /** Length of all together. */
  public int totalLength() {
    return size == 0 ? 0 : ends[size - 1] - start;
  }

  @Override
  public String toString() {
    return "Texts[" + size + "]";
  }
}
