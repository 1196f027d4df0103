package dev.sextant.benchmarks.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A target's request with its values and times left open. Requests of one target differ in those
 * alone, so filling them in spares the sender, which shares the machine with what is measured, the
 * work of writing each anew. Thread-safe.
 */
final class Template {
  /** Stands where a value goes, as the eight bytes of a double. */
  static final double VALUE = Double.longBitsToDouble(0x7ff85e87a47bec40L);

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int[] values;

  /**
   * @param bytes of a request that holds {@link #VALUE} as often as it has samples
   */
  Template(byte[] bytes, int samples) {
    this.bytes = bytes;
    this.values = new int[samples];
    int found = 0;
    for (int at = 0; at + Long.BYTES <= bytes.length; at++) {
      if ((long) LONG.get(bytes, at) == Double.doubleToRawLongBits(VALUE)) {
        values[found++] = at;
      }
    }
    if (found != samples) {
      throw new IllegalStateException(found + " values in a request of " + samples + " samples");
    }
  }

  /** A copy to be filled. */
  byte[] copy() {
    return bytes.clone();
  }

  /** Where the value of a sample stands. */
  int valueAt(int sample) {
    return values[sample];
  }

  static void fixed64(byte[] into, int at, long value) {
    LONG.set(into, at, value);
  }

  /** Writes a number over another whose varint is as long. */
  static void varint(byte[] into, int at, long value) {
    long rest = value;
    int i = at;
    for (; rest >= 0x80; rest >>>= 7) {
      into[i++] = (byte) (rest | 0x80);
    }
    if (into[i] < 0) {
      throw new IllegalStateException(value + " is not as long as the number before it");
    }
    into[i] = (byte) rest;
  }
}
