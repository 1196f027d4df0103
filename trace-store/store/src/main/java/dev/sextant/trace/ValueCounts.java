package dev.sextant.trace;

import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanValue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts a field's values. Where there are more distinct ones than it takes, those counted least
 * are forgotten, so that what is frequent stays. For one thread.
 */
final class ValueCounts {
  private static final int MAX_DISTINCT = 100_000;

  private final Map<SpanValue, Long> counts = new HashMap<>();

  /** Adds the values of some rows; of lists, each element. */
  void add(SpanColumn column, RowSet rows) {
    switch (column) {
      case SpanColumn.Absent _ -> {}
      case SpanColumn.Coded coded -> addCoded(coded, rows);
      case SpanColumn.Longs _, SpanColumn.Doubles _ -> {
        for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
          add(SpanColumn.value(column, row), 1);
        }
      }
      case SpanColumn.Lists(int[] ends, SpanColumn values) -> {
        RowSet places = RowSet.none(rows.size() == 0 ? 0 : ends[rows.size() - 1]);
        for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
          for (int place = row == 0 ? 0 : ends[row - 1]; place < ends[row]; place++) {
            places.add(place);
          }
        }
        add(values, places);
      }
    }
  }

  private void addCoded(SpanColumn.Coded column, RowSet rows) {
    List<SpanValue> dictionary = column.dictionary();
    if (dictionary.isEmpty() || rows.isEmpty()) {
      return;
    }
    int[] codes = column.codes();
    long[] found = new long[dictionary.size()];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (codes[row] >= 0) {
        found[codes[row]]++;
      }
    }
    for (int code = 0; code < found.length; code++) {
      if (found[code] > 0) {
        add(dictionary.get(code), found[code]);
      }
    }
  }

  private void add(@Nullable SpanValue value, long count) {
    if (value instanceof SpanValue.Array(List<SpanValue> elements)) {
      elements.forEach(element -> add(element, count));
    } else if (value != null) {
      counts.merge(value, count, Long::sum);
      if (counts.size() > MAX_DISTINCT) {
        forget();
      }
    }
  }

  /** Forgets the half that was counted least. */
  private void forget() {
    long[] sorted = counts.values().stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    long median = sorted[sorted.length / 2];
    int[] left = {MAX_DISTINCT / 2};
    counts.values().removeIf(count -> count < median || (count == median && left[0]-- <= 0));
  }

  /** The most frequent values, at most so many, sorted by type and value. */
  List<SpanValue> top(int limit) {
    return counts.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<SpanValue, Long> e) -> e.getValue())
                .reversed()
                .thenComparing(Map.Entry::getKey, SpanValue.ORDER))
        .limit(limit)
        .map(Map.Entry::getKey)
        .sorted(SpanValue.ORDER)
        .toList();
  }
}
