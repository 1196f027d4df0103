package dev.sextant.trace;

import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanValue;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column that is being filled, at most one value for each place, in order of places. It holds
 * whole numbers or decimals as such while it has no others, and codes of a dictionary from the
 * first other value on. For one thread; the columns that it gives are for any, and stay as they are
 * while more is added.
 */
final class AttributeColumn {
  private long @Nullable [] longs;
  private double @Nullable [] doubles;
  private int @Nullable [] codes;
  private final ValueDictionary dictionary = new ValueDictionary();
  private long[] present = new long[1];
  private int last = -1;

  /** Whether the place has a value already; places before the last filled one count as filled. */
  boolean has(int place) {
    return place <= last;
  }

  /** A value of type INT, DECIMAL (its bits) or BOOL. */
  void add(int place, byte type, long bits) {
    if (type == ValueDictionary.INT && doubles == null && codes == null) {
      longs = room(longs, place);
      longs[place] = bits;
    } else if (type == ValueDictionary.DECIMAL && longs == null && codes == null) {
      doubles = room(doubles, place);
      doubles[place] = Double.longBitsToDouble(bits);
    } else {
      coded(place)[place] = dictionary.idOf(type, bits);
    }
    mark(place);
  }

  /** A value of type TEXT or COMPOSITE. */
  void add(int place, byte type, byte[] bytes, int from, int to) {
    coded(place)[place] = dictionary.idOf(type, bytes, from, to);
    mark(place);
  }

  private void mark(int place) {
    int word = place >>> 6;
    if (word >= present.length) {
      present = Arrays.copyOf(present, Math.max(word + 1, present.length * 2));
    }
    present[word] |= 1L << place;
    last = place;
  }

  private boolean isPresent(int place) {
    int word = place >>> 6;
    return word < present.length && (present[word] >>> place & 1) != 0;
  }

  private static int capacity(int place) {
    return Math.max(16, place + (place >>> 1) + 1);
  }

  private static long[] room(long @Nullable [] values, int place) {
    if (values == null) {
      return new long[capacity(place)];
    }
    return place < values.length ? values : Arrays.copyOf(values, capacity(place));
  }

  private static double[] room(double @Nullable [] values, int place) {
    if (values == null) {
      return new double[capacity(place)];
    }
    return place < values.length ? values : Arrays.copyOf(values, capacity(place));
  }

  private int[] coded(int place) {
    int[] known = codes;
    if (known != null && place < known.length) {
      return known;
    }
    int[] grown = known == null ? encode(place) : Arrays.copyOf(known, capacity(place));
    if (known != null) {
      Arrays.fill(grown, known.length, grown.length, -1);
    }
    codes = grown;
    return grown;
  }

  /** Codes of the numbers that are there. */
  private int[] encode(int place) {
    int[] encoded = new int[capacity(Math.max(place, last))];
    Arrays.fill(encoded, -1);
    long[] ints = longs;
    double[] decimals = doubles;
    for (int i = 0; i <= last; i++) {
      if (!isPresent(i)) {
        continue;
      }
      if (ints != null) {
        encoded[i] = dictionary.idOf(ValueDictionary.INT, ints[i]);
      } else if (decimals != null) {
        encoded[i] =
            dictionary.idOf(ValueDictionary.DECIMAL, Double.doubleToRawLongBits(decimals[i]));
      }
    }
    longs = null;
    doubles = null;
    return encoded;
  }

  /** The first so many places as a column. */
  SpanColumn column(int places) {
    if (places == 0 || last < 0) {
      return SpanColumn.ABSENT;
    }
    if (codes != null) {
      return new Codes(dictionary.snapshot(), coded(places - 1));
    }
    long[] bits = bits(places);
    if (longs != null) {
      longs = room(longs, places - 1);
      return new SpanColumn.Longs(longs, bits);
    }
    doubles = room(doubles, places - 1);
    return new SpanColumn.Doubles(doubles, bits);
  }

  /** Null where every place has a value. */
  private long @Nullable [] bits(int places) {
    long[] bits = Arrays.copyOf(present, (places + 63) >>> 6);
    int rest = places & 63;
    if (rest != 0) {
      bits[bits.length - 1] &= (1L << rest) - 1;
    }
    int count = 0;
    for (long word : bits) {
      count += Long.bitCount(word);
    }
    return count == places ? null : bits;
  }

  /** About how much heap it takes. */
  long heapBytes() {
    long values = longs != null ? 8L * longs.length : doubles != null ? 8L * doubles.length : 0;
    return values
        + (codes != null ? 4L * codes.length : 0)
        + 8L * present.length
        + dictionary.heapBytes();
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Codes(List<SpanValue> dictionary, int[] codes) implements SpanColumn.Coded {}
}
