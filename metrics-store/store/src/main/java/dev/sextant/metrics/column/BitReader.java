package dev.sextant.metrics.column;

/** Reads what {@link BitWriter} wrote; takes whole bytes, as few as it needs. */
final class BitReader {
  private final ByteReader in;
  private long pending;
  private int filled;

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
    while (filled < width) {
      pending |= (long) in.u8() << filled;
      filled += 8;
    }
    long value = pending & ((1L << width) - 1);
    pending >>>= width;
    filled -= width;
    return value;
  }
}
