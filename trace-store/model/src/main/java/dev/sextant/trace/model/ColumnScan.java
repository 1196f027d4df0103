package dev.sextant.trace.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes over columns that give rows. Only words of 64 rows that hold a row of interest are looked
 * at.
 */
public final class ColumnScan {
  private ColumnScan() {}

  /** Those of some rows that have a value; of lists, some value. */
  public static RowSet present(SpanColumn column, RowSet within) {
    return switch (column) {
      case SpanColumn.Absent absent -> RowSet.none(within.size());
      case SpanColumn.Longs longs -> masked(longs.present(), within);
      case SpanColumn.Doubles doubles -> masked(doubles.present(), within);
      case SpanColumn.Coded coded ->
          coded.dictionary().isEmpty() ? RowSet.none(within.size()) : coded(coded, within);
      case SpanColumn.Lists(int[] ends, SpanColumn values) -> {
        RowSet places = RowSet.all(places(ends, within.size()));
        yield some(ends, present(values, places), within);
      }
    };
  }

  /** Those of some rows whose value satisfies a test; of lists, some value. */
  public static RowSet satisfying(SpanColumn column, ValueTest test, RowSet within) {
    return switch (column) {
      case SpanColumn.Absent absent -> RowSet.none(within.size());
      case SpanColumn.Longs(long[] values, long @Nullable [] present) ->
          longs(values, test.longs(), masked(present, within));
      case SpanColumn.Doubles(double[] values, long @Nullable [] present) ->
          doubles(values, test.doubles(), masked(present, within));
      case SpanColumn.Coded coded -> coded(coded, test, within);
      case SpanColumn.Lists(int[] ends, SpanColumn values) -> {
        RowSet places = RowSet.all(places(ends, within.size()));
        yield some(ends, satisfying(values, test, places), within);
      }
    };
  }

  /** How many places a list column has in all. */
  static int places(int[] ends, int rows) {
    return rows == 0 ? 0 : ends[rows - 1];
  }

  private static RowSet masked(long @Nullable [] present, RowSet within) {
    RowSet rows = within.copy();
    if (present != null) {
      long[] words = rows.words();
      for (int i = 0; i < words.length; i++) {
        words[i] &= i < present.length ? present[i] : 0;
      }
    }
    return rows;
  }

  /** Those rows, of which some place is among the given ones. */
  private static RowSet some(int[] ends, RowSet places, RowSet within) {
    RowSet rows = RowSet.none(within.size());
    for (int row = within.next(0); row >= 0; row = within.next(row + 1)) {
      int place = places.next(row == 0 ? 0 : ends[row - 1]);
      if (place < 0) {
        break;
      }
      if (place < ends[row]) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Narrows rows. */
  private static RowSet longs(long[] values, LongInterval wanted, RowSet rows) {
    long[] words = rows.words();
    long low = wanted.low();
    long high = wanted.high();
    long flip = wanted.negated() ? -1L : 0L;
    for (int i = 0; i < words.length; i++) {
      if (words[i] != 0) {
        int from = i << 6;
        int to = Math.min(from + 64, rows.size());
        long bits = 0;
        for (int row = from; row < to; row++) {
          bits |= (values[row] >= low & values[row] <= high ? 1L : 0L) << row;
        }
        words[i] &= bits ^ flip;
      }
    }
    return rows;
  }

  /** Narrows rows. */
  private static RowSet doubles(double[] values, DoubleInterval wanted, RowSet rows) {
    long[] words = rows.words();
    double low = wanted.low();
    double high = wanted.high();
    long flip = wanted.negated() ? -1L : 0L;
    for (int i = 0; i < words.length; i++) {
      if (words[i] != 0) {
        int from = i << 6;
        int to = Math.min(from + 64, rows.size());
        long bits = 0;
        for (int row = from; row < to; row++) {
          bits |= (values[row] >= low & values[row] <= high ? 1L : 0L) << row;
        }
        words[i] &= bits ^ flip;
      }
    }
    return rows;
  }

  private static RowSet coded(SpanColumn.Coded column, RowSet within) {
    RowSet rows = within.copy();
    long[] words = rows.words();
    int[] codes = column.codes();
    for (int i = 0; i < words.length; i++) {
      if (words[i] != 0) {
        int from = i << 6;
        int to = Math.min(from + 64, rows.size());
        long bits = 0;
        for (int row = from; row < to; row++) {
          bits |= (codes[row] >= 0 ? 1L : 0L) << row;
        }
        words[i] &= bits;
      }
    }
    return rows;
  }

  /** Asks the dictionary first; codes only where something in it passes. */
  private static RowSet coded(SpanColumn.Coded column, ValueTest test, RowSet within) {
    List<SpanValue> dictionary = column.dictionary();
    long[] passes = new long[dictionary.size()];
    int passing = 0;
    for (int code = 0; code < passes.length; code++) {
      if (test.test(dictionary.get(code))) {
        passes[code] = 1;
        passing++;
      }
    }
    if (passing == 0) {
      return RowSet.none(within.size());
    }
    if (passing == passes.length) {
      return coded(column, within);
    }
    return passing(column.codes(), passes, within.copy());
  }

  /** Narrows rows. */
  private static RowSet passing(int[] codes, long[] passes, RowSet rows) {
    long[] words = rows.words();
    for (int i = 0; i < words.length; i++) {
      if (words[i] != 0) {
        int from = i << 6;
        int to = Math.min(from + 64, rows.size());
        long bits = 0;
        for (int row = from; row < to; row++) {
          int code = codes[row];
          bits |= (code >= 0 ? passes[code] : 0L) << row;
        }
        words[i] &= bits;
      }
    }
    return rows;
  }
}
