package dev.sextant.trace;

import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A field of what rows share, such as a resource, as a column: rows name an entry, entries have a
 * value or none. For one thread.
 */
final class EntryColumn implements SpanColumn.Coded {
  private final List<SpanValue> dictionary;

  /** For each entry the place of its value in the dictionary, or -1. */
  private final int[] ofEntries;

  private final Supplier<long[]> entries;
  private final int rows;
  private int @Nullable [] codes;

  private EntryColumn(
      List<SpanValue> dictionary, int[] ofEntries, Supplier<long[]> entries, int rows) {
    this.dictionary = dictionary;
    this.ofEntries = ofEntries;
    this.entries = entries;
    this.rows = rows;
  }

  /**
   * @param values of each entry
   * @param entries for each row the number of its entry; asked for only if codes are
   */
  static SpanColumn of(List<@Nullable SpanValue> values, Supplier<long[]> entries, int rows) {
    Map<SpanValue, Integer> places = new HashMap<>();
    List<SpanValue> dictionary = new ArrayList<>();
    int[] ofEntries = new int[values.size()];
    Arrays.fill(ofEntries, -1);
    for (int i = 0; i < ofEntries.length; i++) {
      SpanValue value = values.get(i);
      if (value != null) {
        Integer place = places.putIfAbsent(value, dictionary.size());
        ofEntries[i] = place == null ? dictionary.size() : place;
        if (place == null) {
          dictionary.add(value);
        }
      }
    }
    return dictionary.isEmpty()
        ? SpanColumn.ABSENT
        : new EntryColumn(dictionary, ofEntries, entries, rows);
  }

  @Override
  public List<SpanValue> dictionary() {
    return dictionary;
  }

  @Override
  public int[] codes() {
    int[] known = codes;
    if (known == null) {
      known = new int[rows];
      if (ofEntries.length > 1 || ofEntries[0] != 0) {
        long[] numbers = entries.get();
        for (int i = 0; i < rows; i++) {
          known[i] = ofEntries[(int) numbers[i]];
        }
      }
      codes = known;
    }
    return known;
  }
}
