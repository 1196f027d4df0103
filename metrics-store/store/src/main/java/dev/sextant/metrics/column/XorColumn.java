package dev.sextant.metrics.column;

/**
 * Doubles as the XOR of each with the one before (Pelkonen et al., "Gorilla", VLDB 2015). The first
 * takes its eight bytes of raw bits. Then, in a stream of bits, lowest first, for each: 0 where it
 * equals the one before; 1, 0 and the middle bits where the XOR fits the window last given; 1, 1,
 * five bits of leading zeros (at most 31), six bits of window length minus one, and the window.
 */
final class XorColumn {
  private XorColumn() {}

  static void write(ByteWriter out, double[] values, int count) {
    long last = Double.doubleToRawLongBits(values[0]);
    out.u64(last);
    BitWriter bits = new BitWriter(out);
    int leading = 0;
    int length = 0;
    for (int i = 1; i < count; i++) {
      long raw = Double.doubleToRawLongBits(values[i]);
      long xor = raw ^ last;
      last = raw;
      if (xor == 0) {
        bits.write(0, 1);
        continue;
      }
      int zerosBefore = Math.min(31, Long.numberOfLeadingZeros(xor));
      int zerosAfter = Long.numberOfTrailingZeros(xor);
      if (length > 0 && zerosBefore >= leading && zerosAfter >= 64 - leading - length) {
        bits.write(1, 2);
      } else {
        leading = zerosBefore;
        length = 64 - zerosBefore - zerosAfter;
        bits.write(3, 2);
        bits.write(leading, 5);
        bits.write(length - 1, 6);
      }
      bits.write(xor >>> (64 - leading - length), length);
    }
    bits.finish();
  }

  static double[] read(ByteReader in, int count) {
    double[] values = new double[count];
    long last = in.u64();
    values[0] = Double.longBitsToDouble(last);
    BitReader bits = new BitReader(in);
    int leading = 0;
    int length = 0;
    for (int i = 1; i < count; i++) {
      if (bits.read(1) == 1) {
        if (bits.read(1) == 1) {
          leading = (int) bits.read(5);
          length = (int) bits.read(6) + 1;
        }
        if (length == 0 || leading + length > 64) {
          throw in.damaged("a window of " + length + " bits after " + leading + " zeros");
        }
        last ^= bits.read(length) << (64 - leading - length);
      }
      values[i] = Double.longBitsToDouble(last);
    }
    bits.finish();
    return values;
  }
}
