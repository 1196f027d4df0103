package dev.sextant.collector.http;

import dev.sextant.collector.receive.Outcome;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A growing byte array with a bound of its own and a share of the memory of all bodies. */
final class BoundedBuffer {
  private static final int FIRST_CAPACITY = 4096;

  /** A length that is expected is believed up to so many times what has come. */
  private static final int BELIEF = 8;

  private final BodyMemory memory;
  private final BodyMemory.Lease lease;
  private final long limit;
  private final String tooLarge;
  private byte[] bytes = new byte[0];
  private int size;
  private long expected;

  /**
   * @param tooLarge what to say where the limit is exceeded
   */
  BoundedBuffer(BodyMemory memory, BodyMemory.Lease lease, long limit, String tooLarge) {
    this.memory = memory;
    this.lease = lease;
    this.limit = Math.min(limit, Integer.MAX_VALUE - 8);
    this.tooLarge = tooLarge;
  }

  /** Says how many bytes will come in all; where that is true, there is one array the less. */
  void expect(long length) {
    expected = length;
  }

  /** Appends, or says why not. */
  @Nullable Outcome append(byte[] from, int offset, int length) {
    Outcome refusal = ensure((long) size + length);
    if (refusal == null) {
      System.arraycopy(from, offset, bytes, size, length);
      size += length;
    }
    return refusal;
  }

  /** Appends what a buffer holds, or says why not. */
  @Nullable Outcome append(ByteBuf from) {
    int length = from.readableBytes();
    Outcome refusal = ensure((long) size + length);
    if (refusal == null) {
      from.readBytes(bytes, size, length);
      size += length;
    }
    return refusal;
  }

  /** Makes room for {@code wanted} bytes in all, or says why not. */
  @Nullable Outcome ensure(long wanted) {
    if (wanted > limit) {
      return tooLarge();
    }
    if (wanted <= bytes.length) {
      return null;
    }
    long capacity = Math.min(limit, capacityFor(wanted));
    if (!lease.grow(capacity)) {
      return busy(memory);
    }
    int before = bytes.length;
    bytes = Arrays.copyOf(bytes, (int) capacity);
    lease.shrink(before);
    return null;
  }

  private long capacityFor(long wanted) {
    if (wanted <= expected && expected <= BELIEF * wanted) {
      return expected;
    }
    return Math.max(Math.max(FIRST_CAPACITY, wanted), 2L * bytes.length);
  }

  long limit() {
    return limit;
  }

  Outcome tooLarge() {
    return new Outcome.TooLarge(tooLarge);
  }

  /** The array itself, for codecs that write into it; {@link #resize} then says how far. */
  byte[] array() {
    return bytes;
  }

  void resize(int newSize) {
    size = newSize;
  }

  /** The bytes so far; shares this buffer's array. */
  ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  /** Gives the array's share back; the buffer must not be used again. */
  void free() {
    lease.shrink(bytes.length);
    bytes = new byte[0];
    size = 0;
  }

  static Outcome busy(BodyMemory memory) {
    return new Outcome.Throttled(
        1000,
        "request bodies in flight fill their "
            + memory.limit()
            + " bytes; try again, or raise "
            + BodyMemory.SETTING);
  }
}
