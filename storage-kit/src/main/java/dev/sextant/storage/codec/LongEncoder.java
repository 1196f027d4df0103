package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Chooses a {@link LongVector}'s form and writes it. For one vector. */
final class LongEncoder {
  /** A dictionary is looked for up to so many entries, and a quarter of the values. */
  private static final int MAX_ENTRIES = 4096;

  /**
   * Up to so many entries, and from so many possible numbers on, a dictionary is taken at any
   * length where effort is thorough: it takes some bytes, and tells a reader what a column does not
   * hold.
   */
  private static final int FEW_ENTRIES = 64;

  private static final int MANY_NUMBERS_WIDTH = 4;

  /** About what an exception's place takes, in bits. */
  private static final int PLACE_BITS = 12;

  /** Planes cost more to decode, so they must be shorter by an eighth. */
  private static final int WORTH_NUMERATOR = 7;

  private static final int WORTH_DENOMINATOR = 8;

  private final Effort effort;
  private final ByteWriter out;

  LongEncoder(Effort effort, ByteWriter out) {
    this.effort = effort;
    this.out = out;
  }

  void encode(long[] values, int count) {
    if (count == 0 || LongVector.isConstant(values, count)) {
      out.put(LongVector.CONSTANT);
      out.putZigZag(count == 0 ? 0 : values[0]);
      return;
    }
    Scaled scaled = Scaled.of(values, count);
    if (effort == Effort.THOROUGH && scaled.maxWidth() >= MANY_NUMBERS_WIDTH) {
      long[] few = Distinct.of(values, count, Math.min(FEW_ENTRIES, count / 16));
      if (few != null) {
        dictionary(few, values, count);
        return;
      }
    }
    long[] differences = differencesWorthTrying(values, count, scaled);
    Scaled steps = differences == null ? null : Scaled.of(differences, count - 1);
    long bits = steps == null ? scaled.bits() : Math.min(steps.bits() + 64, scaled.bits());
    if (bits > 9L * count) {
      long[] entries = Distinct.of(values, count, Math.min(MAX_ENTRIES, count / 4));
      if (entries != null && dictionaryBits(entries, count) < bits) {
        dictionary(entries, values, count);
        return;
      }
    }
    if (differences == null || steps == null || bits == scaled.bits()) {
      encodeScaled(scaled);
    } else {
      out.put(LongVector.DELTAS);
      out.putZigZag(values[0]);
      encodePlain(steps, differences);
    }
  }

  private void encodePlain(Scaled scaled, long[] values) {
    if (LongVector.isConstant(values, scaled.count())) {
      out.put(LongVector.CONSTANT);
      out.putZigZag(values.length == 0 ? 0 : values[0]);
    } else {
      encodeScaled(scaled);
    }
  }

  /** Differences, where they look smaller than the values. */
  private static long @Nullable [] differencesWorthTrying(long[] values, int count, Scaled scaled) {
    long bits = 0;
    int sampled = 0;
    int step = Math.max(1, count / 256);
    for (int i = 1; i < count; i += step) {
      long difference = values[i] - values[i - 1];
      bits += BitPacking.width((difference << 1) ^ (difference >> 63));
      sampled++;
    }
    if (count < 8 || bits / sampled + 1 >= scaled.maxWidth()) {
      return null;
    }
    long[] differences = new long[count - 1];
    for (int i = 1; i < count; i++) {
      differences[i - 1] = values[i] - values[i - 1];
    }
    return differences;
  }

  private static long dictionaryBits(long[] entries, int count) {
    int entryBits = BitPacking.width(entries[entries.length - 1] - entries[0]);
    return 64
        + (long) entries.length * Math.min(64, entryBits)
        + (long) count * BitPacking.width(entries.length - 1);
  }

  private void dictionary(long[] entries, long[] values, int count) {
    out.put(LongVector.DICTIONARY);
    out.putVarint(entries.length);
    encodePlain(Scaled.of(entries, entries.length), entries);
    long[] codes = new long[count];
    for (int i = 0; i < count; i++) {
      codes[i] = Arrays.binarySearch(entries, values[i]);
    }
    encodePlain(Scaled.of(codes, count), codes);
  }

  private void encodeScaled(Scaled scaled) {
    if (effort == Effort.THOROUGH && scaled.maxWidth() <= 8 * LongVector.MAX_PLANES) {
      int worth = (int) (scaled.bits() / 8 * WORTH_NUMERATOR / WORTH_DENOMINATOR);
      if (scaled.count() >= 64 && planes(scaled, worth)) {
        return;
      }
    }
    int width = scaled.width();
    boolean patched = width < scaled.maxWidth();
    out.put(patched ? LongVector.PATCHED : LongVector.PACKED);
    out.putZigZag(scaled.base());
    out.putVarint(scaled.factor());
    out.put(width);
    BitPacking.pack(scaled.values(), scaled.count(), width, out);
    if (patched) {
      exceptions(scaled, width);
    }
  }

  private void exceptions(Scaled scaled, int width) {
    long[] values = scaled.values();
    int exceptions = 0;
    for (int i = 0; i < scaled.count(); i++) {
      exceptions += values[i] >>> width != 0 ? 1 : 0;
    }
    out.putVarint(exceptions);
    int before = -1;
    for (int i = 0; i < scaled.count(); i++) {
      if (values[i] >>> width != 0) {
        out.putVarint(i - before);
        out.putVarint(values[i] >>> width);
        before = i;
      }
    }
  }

  private boolean planes(Scaled scaled, int worth) {
    int planes = (scaled.maxWidth() + 7) / 8;
    int count = scaled.count();
    byte[] raw = new byte[planes * count];
    for (int plane = 0; plane < planes; plane++) {
      for (int i = 0; i < count; i++) {
        raw[plane * count + i] = (byte) (scaled.values()[i] >>> (8 * plane));
      }
    }
    byte[] packed = Zstandard.pack(raw, 0, raw.length, effort.level, worth);
    if (packed == null) {
      return false;
    }
    out.put(LongVector.PLANES);
    out.putZigZag(scaled.base());
    out.putVarint(scaled.factor());
    out.put(planes);
    out.putSized(Slice.of(packed));
    return true;
  }

  /**
   * Values as base + factor · k.
   *
   * @param values the k
   * @param maxWidth of the largest k, at least 1
   * @param width that makes packed values and exceptions the shortest
   * @param bits that they take then
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Scaled(
      long[] values, int count, long base, long factor, int maxWidth, int width, long bits) {
    static Scaled of(long[] values, int count) {
      long min = Long.MAX_VALUE;
      long max = Long.MIN_VALUE;
      for (int i = 0; i < count; i++) {
        min = Math.min(min, values[i]);
        max = Math.max(max, values[i]);
      }
      long factor = factor(values, count, min, max);
      long[] scaled = scale(values, count, min, factor);
      int[] widths = new int[65];
      for (int i = 0; i < count; i++) {
        widths[BitPacking.width(scaled[i])]++;
      }
      return choose(scaled, count, min, factor, widths);
    }

    private static Scaled choose(long[] scaled, int count, long base, long factor, int[] widths) {
      int max = 64;
      while (max > 1 && widths[max] == 0) {
        max--;
      }
      int best = max;
      long bestBits = (long) count * max;
      int exceptions = 0;
      long upperBits = 0;
      for (int width = max - 1; width >= 0; width--) {
        exceptions += widths[width + 1];
        upperBits = 0;
        for (int w = width + 1; w <= max; w++) {
          upperBits += (long) widths[w] * (PLACE_BITS + 8L * ((w - width + 6) / 7));
        }
        long bits = (long) count * width + upperBits + 8;
        if (bits < bestBits) {
          best = width;
          bestBits = bits;
        }
        if (exceptions > count / 2) {
          break;
        }
      }
      return new Scaled(scaled, count, base, factor, max, best, bestBits + 40);
    }

    /** The greatest common divisor of what is added to the smallest value. */
    private static long factor(long[] values, int count, long min, long max) {
      if (max - min < 0 || max == min) {
        return 1;
      }
      long divisor = max - min;
      for (int i = 0; i < count && divisor > 1; i++) {
        long rest = (values[i] - min) % divisor;
        while (rest != 0) {
          long next = divisor % rest;
          divisor = rest;
          rest = next;
        }
      }
      return divisor;
    }

    private static long[] scale(long[] values, int count, long min, long factor) {
      long[] scaled = new long[count];
      if (factor == 1) {
        for (int i = 0; i < count; i++) {
          scaled[i] = values[i] - min;
        }
      } else {
        int shift = Long.numberOfTrailingZeros(factor);
        long inverse = inverse(factor >>> shift);
        for (int i = 0; i < count; i++) {
          scaled[i] = (values[i] - min >>> shift) * inverse;
        }
      }
      return scaled;
    }

    /** Of an odd number modulo 2^64, by Newton's iteration: each step doubles the right bits. */
    private static long inverse(long odd) {
      long inverse = odd;
      for (int i = 0; i < 5; i++) {
        inverse *= 2 - odd * inverse;
      }
      return inverse;
    }
  }
}
