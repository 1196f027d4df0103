package dev.sextant.trace.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a batch's spans, a value or none for each row. Arrays are shared, may be longer than
 * the batch has rows, and are never written to by their reader. For one thread.
 */
public sealed interface SpanColumn {
  /** No row has a value. */
  SpanColumn ABSENT = new Absent();

  /**
   * The value at a place, null where there is none.
   *
   * @param column any but {@link Lists}, which has no single value for a row
   * @param place a row; of a {@link Lists}' values, a place in them
   */
  static @Nullable SpanValue value(SpanColumn column, int place) {
    return switch (column) {
      case Absent absent -> null;
      case Longs(long[] values, long @Nullable [] present) ->
          has(present, place) ? new SpanValue.Int(values[place]) : null;
      case Doubles(double[] values, long @Nullable [] present) ->
          has(present, place) ? new SpanValue.Decimal(values[place]) : null;
      case Coded coded -> {
        int code = coded.codes()[place];
        yield code < 0 ? null : coded.dictionary().get(code);
      }
      case Lists lists -> throw new IllegalArgumentException("a row of lists has no one value");
    };
  }

  private static boolean has(long @Nullable [] present, int place) {
    return present == null || (present[place >>> 6] & 1L << place) != 0;
  }

  /** No row has a value. */
  record Absent() implements SpanColumn {}

  /**
   * Whole numbers.
   *
   * @param present a bit for each row, lowest first, 64 to a word; null where every row has a value
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Longs(long[] values, long @Nullable [] present) implements SpanColumn {}

  /**
   * Decimal numbers.
   *
   * @param present as for {@link Longs}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Doubles(double[] values, long @Nullable [] present) implements SpanColumn {}

  /**
   * Values of any type, each distinct one kept once. What is not asked for need not be decoded: a
   * reader that finds nothing in the dictionary never asks for codes.
   */
  non-sealed interface Coded extends SpanColumn {
    /** The distinct values, in no order; some may be no row's. */
    List<SpanValue> dictionary();

    /** For each row the place of its value in the dictionary, or -1 where it has none. */
    int[] codes();
  }

  /**
   * Several values for each row: those of row {@code r} are the values from {@code ends[r - 1]} (0
   * for the first row) to {@code ends[r]} of {@code values}, in the order of events or links. A
   * place without a value is an event or link without the attribute. A field of events or links is
   * read so even where none of them has a value, so that they can be counted; it is {@link #ABSENT}
   * only where no row has an event or a link.
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Lists(int[] ends, SpanColumn values) implements SpanColumn {}
}
