package dev.sextant.collector.otlp.json;

import dev.sextant.collector.http.BodyMemory;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes protobuf forward into one array. A nested message's length is known only at its end, so
 * one byte is left for it and the message moves where it needs more.
 */
final class ProtoWriter {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final BodyMemory.Lease memory;
  private final int limit;
  private byte[] bytes = new byte[0];
  private int size;

  ProtoWriter(int limit, BodyMemory.Lease memory) {
    this.limit = limit;
    this.memory = memory;
  }

  ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  /** Begins a nested message or a packed list; returns what {@link #end} needs. */
  int begin(int field) throws Overflow {
    varint(((long) field << 3) | LENGTH);
    room(1);
    return size++;
  }

  void end(int begun) throws Overflow {
    int length = size - begun - 1;
    int digits = varintSize(length);
    room(digits - 1);
    System.arraycopy(bytes, begun + 1, bytes, begun + digits, length);
    int end = size + digits - 1;
    size = begun;
    varint(length);
    size = end;
  }

  void bytes(int field, byte[] value) throws Overflow {
    varint(((long) field << 3) | LENGTH);
    varint(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  void tagVarint(int field) throws Overflow {
    varint(((long) field << 3) | VARINT);
  }

  void tagFixed64(int field) throws Overflow {
    varint(((long) field << 3) | FIXED64);
  }

  void tagFixed32(int field) throws Overflow {
    varint(((long) field << 3) | FIXED32);
  }

  void varint(long value) throws Overflow {
    room(10);
    while ((value & ~0x7fL) != 0) {
      bytes[size++] = (byte) (value | 0x80);
      value >>>= 7;
    }
    bytes[size++] = (byte) value;
  }

  void fixed(long value, int width) throws Overflow {
    room(width);
    for (int i = 0; i < width; i++) {
      bytes[size++] = (byte) (value >>> (8 * i));
    }
  }

  private static int varintSize(int value) {
    return Math.max(1, (38 - Integer.numberOfLeadingZeros(value)) / 7);
  }

  private void room(int more) throws Overflow {
    int wanted = size + more;
    if (wanted <= bytes.length) {
      return;
    }
    if (wanted > limit + 16) {
      throw new Overflow(true);
    }
    int capacity = Math.min(limit + 16, Math.max(Math.max(1024, wanted), 2 * bytes.length));
    if (!memory.grow(capacity)) {
      throw new Overflow(false);
    }
    int before = bytes.length;
    bytes = Arrays.copyOf(bytes, capacity);
    memory.shrink(before);
  }

  /** The message outgrew its limit ({@code tooLarge}), or the memory of all bodies. */
  static final class Overflow extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean tooLarge;

    Overflow(boolean tooLarge) {
      super("the message outgrew its bound", null, false, false);
      this.tooLarge = tooLarge;
    }

    boolean tooLarge() {
      return tooLarge;
    }
  }
}
