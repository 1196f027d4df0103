package dev.sextant.metrics.column;

import java.util.Arrays;
import java.util.Objects;

/**
 * A column of signed numbers, as they are, as deltas, or as deltas of deltas, whichever is
 * smallest, in {@link PackedLongs}. The count is the caller's to keep.
 *
 * <p>One byte of header: bits 0 and 1 the transform (0 values, 1 deltas, 2 deltas of deltas, 3 all
 * equal), bit 2 whether the residuals stand above a base (else they are zigzag). Then the first
 * number as zigzag varint; for deltas of deltas and two or more numbers the first delta likewise;
 * the base as zigzag varint where there is one; the residuals packed. No numbers, no bytes. All
 * arithmetic wraps, so every 64-bit number is possible.
 */
public final class LongColumn {
  private static final int VALUES = 0;
  private static final int DELTAS = 1;
  private static final int DELTAS_OF_DELTAS = 2;
  private static final int EQUAL = 3;
  private static final int BASED = 4;

  private LongColumn() {}

  public static void write(ByteWriter out, long[] values, int count) {
    if (count == 0) {
      return;
    }
    if (allEqual(values, count)) {
      writeEqual(out, values[0]);
      return;
    }
    Residuals[] transformed = new Residuals[3];
    long[] scratch = new long[count];
    Residuals best = null;
    long least = Long.MAX_VALUE;
    boolean bestBased = false;
    for (int form = 0; form < 6; form++) {
      boolean based = form >= 3;
      Residuals each = based ? transformed[form % 3] : new Residuals(values, count, form);
      transformed[form % 3] = each;
      long cost = each.cost(based, scratch);
      if (cost < least) {
        least = cost;
        best = each;
        bestBased = based;
      }
    }
    Objects.requireNonNull(best).write(out, values, bestBased, scratch);
  }

  /** A column of one number, however often it stands there. */
  static void writeEqual(ByteWriter out, long value) {
    out.u8(EQUAL);
    out.zigzag(value);
  }

  public static long[] read(ByteReader in, int count) {
    long[] values = new long[count];
    if (count == 0) {
      return values;
    }
    int header = in.u8();
    if (header > (BASED | EQUAL)) {
      throw in.damaged("a column of numbers has the unknown form " + header);
    }
    int transform = header & 3;
    values[0] = in.zigzag();
    if (transform == EQUAL) {
      Arrays.fill(values, values[0]);
      return values;
    }
    int first = firstResidual(transform, count);
    long delta = first == 2 ? in.zigzag() : 0;
    boolean based = (header & BASED) != 0;
    long base = based ? in.zigzag() : 0;
    PackedLongs.read(in, values, first, count);
    if (first == 2) {
      values[1] = values[0] + delta;
    }
    if (based) {
      for (int i = first; i < count; i++) {
        values[i] += base;
      }
    } else {
      for (int i = first; i < count; i++) {
        values[i] = (values[i] >>> 1) ^ -(values[i] & 1);
      }
    }
    sum(transform, values, first, count, delta);
    return values;
  }

  /** Turns residuals into the numbers they stand for. */
  private static void sum(int transform, long[] values, int first, int count, long firstDelta) {
    if (transform == VALUES) {
      return;
    }
    long last = values[first - 1];
    long delta = firstDelta;
    for (int i = first; i < count; i++) {
      delta = transform == DELTAS_OF_DELTAS ? delta + values[i] : values[i];
      last += delta;
      values[i] = last;
    }
  }

  private static boolean allEqual(long[] values, int count) {
    for (int i = 1; i < count; i++) {
      if (values[i] != values[0]) {
        return false;
      }
    }
    return true;
  }

  private static int firstResidual(int transform, int count) {
    return transform == DELTAS_OF_DELTAS ? Math.min(2, count) : 1;
  }

  /** A column's residuals under one transform. */
  private static final class Residuals {
    private final int transform;
    private final int first;
    private final int count;
    private final long[] plain;
    private final long base;

    Residuals(long[] values, int count, int transform) {
      this.transform = transform;
      this.count = count;
      this.first = firstResidual(transform, count);
      this.plain = new long[count];
      long min = Long.MAX_VALUE;
      for (int i = first; i < count; i++) {
        plain[i] =
            switch (transform) {
              case VALUES -> values[i];
              case DELTAS -> values[i] - values[i - 1];
              default -> (values[i] - values[i - 1]) - (values[i - 1] - values[i - 2]);
            };
        min = Math.min(min, plain[i]);
      }
      this.base = first < count ? min : 0;
    }

    /** Above the base, or folded so that small magnitudes of either sign are small. */
    private void fold(boolean based, long[] into) {
      for (int i = first; i < count; i++) {
        into[i] = based ? plain[i] - base : (plain[i] << 1) ^ (plain[i] >> 63);
      }
    }

    long cost(boolean based, long[] scratch) {
      fold(based, scratch);
      return PackedLongs.cost(scratch, first, count) + (based ? 2 : 0);
    }

    void write(ByteWriter out, long[] values, boolean based, long[] scratch) {
      out.u8(transform | (based ? BASED : 0));
      out.zigzag(values[0]);
      if (first == 2) {
        out.zigzag(values[1] - values[0]);
      }
      if (based) {
        out.zigzag(base);
      }
      fold(based, scratch);
      PackedLongs.write(out, scratch, first, count);
    }
  }
}
