package dev.sextant.storage.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64-bit hashes that are stored, so they stay what they are: a multiply-xor chain over eight bytes
 * at a time, finished with the mixer of MurmurHash3 (Appleby, public domain).
 */
public final class Hash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private Hash() {}

  public static long of(byte[] bytes, int from, int to) {
    long hash = PRIME ^ (to - from);
    int at = from;
    for (; to - at >= 8; at += 8) {
      hash = mix(hash ^ (long) LONG.get(bytes, at)) + PRIME;
    }
    long rest = 0;
    for (int shift = 0; at < to; at++, shift += 8) {
      rest |= (bytes[at] & 0xffL) << shift;
    }
    return mix(hash ^ rest);
  }

  /** Of the text's UTF-16 code units. */
  public static long of(CharSequence text) {
    long hash = PRIME ^ text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return mix(hash);
  }

  /** Of two numbers in their order. */
  public static long of(long first, long second) {
    return mix(mix(first ^ PRIME) + second);
  }

  /** Spreads every bit over all others; a bijection. */
  public static long mix(long value) {
    long x = value;
    x = (x ^ (x >>> 33)) * 0xff51afd7ed558ccdL;
    x = (x ^ (x >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return x ^ (x >>> 33);
  }
}
