package dev.sextant.metrics.column;

/** Appends numbers of any width in bits, lowest bit first. */
final class BitWriter {
  private final ByteWriter out;
  private long pending;
  private int filled;

  BitWriter(ByteWriter out) {
    this.out = out;
  }

  /**
   * @param width 0 to 64; higher bits of the value are dropped
   */
  void write(long value, int width) {
    if (width == 0) {
      return;
    }
    long low = width == 64 ? value : value & ((1L << width) - 1);
    pending |= low << filled;
    if (filled + width < 64) {
      filled += width;
      return;
    }
    out.u64(pending);
    int taken = 64 - filled;
    filled = width - taken;
    pending = taken == 64 ? 0 : low >>> taken;
  }

  /** Writes what is pending, padded with zeros to a whole byte. */
  void finish() {
    for (; filled > 0; filled -= 8) {
      out.u8((int) pending);
      pending >>>= 8;
    }
    filled = 0;
    pending = 0;
  }
}
