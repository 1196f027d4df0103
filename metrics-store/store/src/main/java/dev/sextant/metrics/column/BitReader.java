package dev.sextant.metrics.column;

/**
 * Reads what {@link BitWriter} wrote. The bytes behind are the reader's until {@link #finish}. For
 * one thread.
 */
final class BitReader {
  private final ByteReader in;
  private long bit;

  BitReader(ByteReader in) {
    this.in = in;
  }

  /**
   * @param width 0 to 64
   */
  long read(int width) {
    if (width > 32) {
      long low = read(32);
      return low | (read(width - 32) << 32);
    }
    long value = in.bits(bit, width);
    bit += width;
    return value;
  }

  /** Takes the whole bytes that were read from, and no more. */
  void finish() {
    in.skip((int) ((bit + 7) >>> 3));
  }
}
