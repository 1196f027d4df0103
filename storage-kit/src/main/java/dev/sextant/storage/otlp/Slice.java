package dev.sextant.storage.otlp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A part of a byte array, not copied.
 *
 * @param from first byte
 * @param to the byte after the last
 */
public record Slice(byte[] bytes, int from, int to) {
  public static final Slice EMPTY = new Slice(new byte[0], 0, 0);

  public static Slice of(byte[] bytes) {
    return new Slice(bytes, 0, bytes.length);
  }

  /**
   * A buffer's remaining bytes: where they lie, or copied where the buffer is read-only or outside
   * of the heap.
   */
  public static Slice of(ByteBuffer buffer) {
    if (buffer.hasArray()) {
      int from = buffer.arrayOffset() + buffer.position();
      return new Slice(buffer.array(), from, from + buffer.remaining());
    }
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return of(copy);
  }

  /** The same bytes, from position 0 to the limit; nobody may write to them. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes, from, to - from).slice();
  }

  public int length() {
    return to - from;
  }

  /** The bytes as UTF-8; what is no UTF-8 reads as U+FFFD. */
  public String text() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  public byte[] copy() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** Equal by content. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Slice(byte[] b, int f, int t)
        && Arrays.equals(bytes, from, to, b, f, t);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return "Slice[" + length() + " bytes]";
  }
}
