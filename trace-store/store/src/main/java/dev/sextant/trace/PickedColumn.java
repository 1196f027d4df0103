package dev.sextant.trace;

import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows picked from columns of one field, as one column. Numbers stay numbers where all columns have
 * the same type of them; a dictionary holds what picked rows have.
 */
final class PickedColumn {
  private final List<SpanColumn> sources;

  /** For each picked row the number of its column and its row there. */
  private final int[] from;

  private final int[] places;
  private final int rows;

  private PickedColumn(List<SpanColumn> sources, int[] from, int[] places, int rows) {
    this.sources = sources;
    this.from = from;
    this.places = places;
    this.rows = rows;
  }

  /**
   * @param sources of one field, so either all or none hold lists, but for absent ones
   * @param from for each picked row the number of its source
   * @param places for each picked row its row there
   */
  static SpanColumn of(List<SpanColumn> sources, int[] from, int[] places, int rows) {
    return new PickedColumn(sources, from, places, rows).pick();
  }

  private SpanColumn pick() {
    boolean absent = true;
    boolean longs = true;
    boolean doubles = true;
    boolean lists = false;
    for (SpanColumn source : sources) {
      switch (source) {
        case SpanColumn.Absent _ -> {}
        case SpanColumn.Longs _ -> absent = doubles = false;
        case SpanColumn.Doubles _ -> absent = longs = false;
        case SpanColumn.Coded _ -> absent = longs = doubles = false;
        case SpanColumn.Lists _ -> {
          absent = false;
          lists = true;
        }
      }
    }
    if (absent || rows == 0) {
      return SpanColumn.ABSENT;
    }
    if (lists) {
      return lists();
    }
    return longs ? longs() : doubles ? doubles() : coded();
  }

  private static boolean isPresent(long @Nullable [] present, int place) {
    return present == null || (present[place >>> 6] >>> place & 1) != 0;
  }

  private SpanColumn longs() {
    long[] values = new long[rows];
    long[] present = new long[(rows + 63) >>> 6];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      int place = places[row];
      if (sources.get(from[row]) instanceof SpanColumn.Longs(long[] all, long @Nullable [] bits)
          && isPresent(bits, place)) {
        values[row] = all[place];
        present[row >>> 6] |= 1L << row;
        count++;
      }
    }
    return count == 0
        ? SpanColumn.ABSENT
        : new SpanColumn.Longs(values, count == rows ? null : present);
  }

  private SpanColumn doubles() {
    double[] values = new double[rows];
    long[] present = new long[(rows + 63) >>> 6];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      int place = places[row];
      if (sources.get(from[row]) instanceof SpanColumn.Doubles(double[] all, long @Nullable [] bits)
          && isPresent(bits, place)) {
        values[row] = all[place];
        present[row >>> 6] |= 1L << row;
        count++;
      }
    }
    return count == 0
        ? SpanColumn.ABSENT
        : new SpanColumn.Doubles(values, count == rows ? null : present);
  }

  private SpanColumn coded() {
    Encoder encoder = new Encoder(sources.size());
    int[] codes = new int[rows];
    for (int row = 0; row < rows; row++) {
      codes[row] = encoder.code(sources.get(from[row]), from[row], places[row]);
    }
    return encoder.dictionary.isEmpty()
        ? SpanColumn.ABSENT
        : new AttributeColumn.Codes(encoder.dictionary, codes);
  }

  /** Gives codes of one dictionary for values of many columns. */
  private static final class Encoder {
    final List<SpanValue> dictionary = new ArrayList<>();
    private final Map<SpanValue, Integer> known = new HashMap<>();
    private final int[] @Nullable [] codes;
    private final int[] @Nullable [] translated;

    Encoder(int sources) {
      this.codes = new int[sources][];
      this.translated = new int[sources][];
    }

    int code(SpanColumn column, int source, int place) {
      if (column instanceof SpanColumn.Coded coded) {
        return translate(coded, source, place);
      }
      SpanValue value = SpanColumn.value(column, place);
      return value == null ? -1 : code(value);
    }

    private int translate(SpanColumn.Coded column, int source, int place) {
      int[] ofRows = codes[source];
      if (ofRows == null) {
        ofRows = column.codes();
        codes[source] = ofRows;
      }
      int code = ofRows[place];
      if (code < 0) {
        return -1;
      }
      int[] ofCodes = translated[source];
      if (ofCodes == null) {
        ofCodes = new int[column.dictionary().size()];
        Arrays.fill(ofCodes, -1);
        translated[source] = ofCodes;
      }
      if (ofCodes[code] < 0) {
        ofCodes[code] = code(column.dictionary().get(code));
      }
      return ofCodes[code];
    }

    private int code(SpanValue value) {
      Integer place = known.putIfAbsent(value, dictionary.size());
      if (place != null) {
        return place;
      }
      dictionary.add(value);
      return dictionary.size() - 1;
    }
  }

  private SpanColumn lists() {
    int[] ends = new int[rows];
    int total = 0;
    for (int row = 0; row < rows; row++) {
      if (sources.get(from[row]) instanceof SpanColumn.Lists(int[] sourceEnds, SpanColumn _)) {
        total += sourceEnds[places[row]] - begin(sourceEnds, places[row]);
      }
      ends[row] = total;
    }
    int[] elementFrom = new int[total];
    int[] elements = new int[total];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      if (sources.get(from[row]) instanceof SpanColumn.Lists(int[] sourceEnds, SpanColumn _)) {
        for (int i = begin(sourceEnds, places[row]); i < sourceEnds[places[row]]; i++) {
          elementFrom[at] = from[row];
          elements[at++] = i;
        }
      }
    }
    List<SpanColumn> values = new ArrayList<>(sources.size());
    for (SpanColumn source : sources) {
      values.add(
          source instanceof SpanColumn.Lists(int[] _, SpanColumn column)
              ? column
              : SpanColumn.ABSENT);
    }
    return total == 0
        ? SpanColumn.ABSENT
        : new SpanColumn.Lists(ends, of(values, elementFrom, elements, total));
  }

  private static int begin(int[] ends, int row) {
    return row == 0 ? 0 : ends[row - 1];
  }
}
