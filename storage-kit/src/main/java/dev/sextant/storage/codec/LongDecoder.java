package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;

/** Reads a {@link LongVector}. For one vector. */
final class LongDecoder {
  /** Dictionaries nest no deeper than an encoder makes them. */
  private static final int MAX_DEPTH = 4;

  private final ByteSource in;
  private final int depth;

  LongDecoder(ByteSource in) {
    this(in, 0);
  }

  private LongDecoder(ByteSource in, int depth) {
    this.in = in;
    this.depth = depth;
    if (depth > MAX_DEPTH) {
      throw new CorruptDataException("vectors nest deeper than " + MAX_DEPTH);
    }
  }

  void decode(long[] into, int count) {
    decode(in.get(), into, count);
  }

  private void decode(int form, long[] into, int count) {
    switch (form) {
      case LongVector.CONSTANT -> Arrays.fill(into, 0, count, in.getZigZag());
      case LongVector.PACKED -> packed(into, count, false);
      case LongVector.PATCHED -> packed(into, count, true);
      case LongVector.DELTAS -> deltas(into, count);
      case LongVector.DICTIONARY -> dictionary(into, count);
      case LongVector.PLANES -> planes(into, count);
      default -> throw new CorruptDataException("a vector has the unknown form " + form);
    }
  }

  private void packed(long[] into, int count, boolean patched) {
    long base = in.getZigZag();
    long factor = in.getVarint();
    int width = width();
    Slice bits = in.getSlice(bytes(count, width));
    BitPacking.unpack(bits.bytes(), bits.from(), width, into, count);
    if (patched) {
      int at = -1;
      for (int left = in.getCount(count); left > 0; left--) {
        at = place(at, count);
        into[at] |= in.getVarint() << width;
      }
    }
    scale(into, count, base, factor);
  }

  private static void scale(long[] values, int count, long base, long factor) {
    if (factor != 1) {
      for (int i = 0; i < count; i++) {
        values[i] = base + factor * values[i];
      }
    } else if (base != 0) {
      for (int i = 0; i < count; i++) {
        values[i] += base;
      }
    }
  }

  private int width() {
    int width = in.get();
    if (width > 64) {
      throw new CorruptDataException("a vector is packed in " + width + " bits");
    }
    return width;
  }

  private static int bytes(int count, int width) {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE, BitPacking.bytes(count, width)));
  }

  private int place(int before, int count) {
    long place = before + in.getVarint();
    if (place <= before || place >= count) {
      throw new CorruptDataException("an exception stands outside of its vector");
    }
    return (int) place;
  }

  private void deltas(long[] into, int count) {
    long value = in.getZigZag();
    if (count == 0) {
      return;
    }
    long[] differences = new long[count - 1];
    new LongDecoder(in, depth + 1).decode(differences, count - 1);
    into[0] = value;
    for (int i = 1; i < count; i++) {
      value += differences[i - 1];
      into[i] = value;
    }
  }

  /** As {@link LongVector#distinct}. */
  long[] distinct(int count) {
    return switch (in.get()) {
      case LongVector.CONSTANT -> new long[] {in.getZigZag()};
      case LongVector.DICTIONARY -> entries(count);
      default -> new long[0];
    };
  }

  private long[] entries(int count) {
    long[] entries = new long[in.getCount(count)];
    new LongDecoder(in, depth + 1).decode(entries, entries.length);
    return entries;
  }

  private void dictionary(long[] into, int count) {
    long[] entries = entries(count);
    int[] codes = new int[count];
    new LongDecoder(in, depth + 1).decode(codes, count);
    for (int i = 0; i < count; i++) {
      int code = codes[i];
      if (code < 0 || code >= entries.length) {
        throw new CorruptDataException("a code lies outside of its dictionary");
      }
      into[i] = entries[code];
    }
  }

  private void planes(long[] into, int count) {
    long base = in.getZigZag();
    long factor = in.getVarint();
    int planes = planes();
    Slice packed = in.getSized();
    int length = Math.multiplyExact(planes, count);
    byte[] bytes = Zstandard.unpack(packed.bytes(), packed.from(), packed.length(), length);
    int from = 0;
    for (int i = 0; i < count; i++) {
      into[i] = bytes[from + i] & 0xff;
    }
    for (int plane = 1; plane < planes; plane++) {
      from += count;
      for (int i = 0; i < count; i++) {
        into[i] |= (bytes[from + i] & 0xffL) << (8 * plane);
      }
    }
    scale(into, count, base, factor);
  }

  private void planes(int[] into, int count) {
    long base = in.getZigZag();
    long factor = in.getVarint();
    int planes = planes();
    Slice packed = in.getSized();
    int length = Math.multiplyExact(planes, count);
    byte[] bytes = Zstandard.unpack(packed.bytes(), packed.from(), packed.length(), length);
    for (int i = 0; i < count; i++) {
      into[i] = bytes[i] & 0xff;
    }
    for (int plane = 1; plane < planes; plane++) {
      int from = plane * count;
      for (int i = 0; i < count; i++) {
        into[i] |= (bytes[from + i] & 0xff) << (8 * plane);
      }
    }
    if (base != 0 || factor != 1) {
      for (int i = 0; i < count; i++) {
        into[i] = clamp(base + factor * into[i]);
      }
    }
  }

  private int planes() {
    int planes = in.get();
    if (planes < 1 || planes > LongVector.MAX_PLANES) {
      throw new CorruptDataException("a vector has " + planes + " planes");
    }
    return planes;
  }

  /** As for longs; what is no int comes out as a negative number. */
  void decode(int[] into, int count) {
    int form = in.get();
    if (form == LongVector.PACKED) {
      packed(into, count);
    } else if (form == LongVector.CONSTANT) {
      Arrays.fill(into, 0, count, clamp(in.getZigZag()));
    } else if (form == LongVector.PLANES) {
      planes(into, count);
    } else {
      long[] wide = new long[count];
      decode(form, wide, count);
      for (int i = 0; i < count; i++) {
        into[i] = clamp(wide[i]);
      }
    }
  }

  private static int clamp(long value) {
    return value < 0 || value > Integer.MAX_VALUE ? -1 : (int) value;
  }

  private void packed(int[] into, int count) {
    long base = in.getZigZag();
    long factor = in.getVarint();
    int width = width();
    Slice bits = in.getSlice(bytes(count, width));
    if (width > 31 || factor != 1 || base != 0) {
      long[] wide = new long[count];
      BitPacking.unpack(bits.bytes(), bits.from(), width, wide, count);
      for (int i = 0; i < count; i++) {
        into[i] = clamp(base + factor * wide[i]);
      }
    } else {
      BitPacking.unpack(bits.bytes(), bits.from(), width, into, count);
    }
  }
}
