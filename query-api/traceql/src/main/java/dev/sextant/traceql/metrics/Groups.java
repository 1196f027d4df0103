package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.RowSet;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.field.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the combinations of what series are kept apart by, from 0 in the order in which they are
 * met. For one thread.
 */
final class Groups {
  private final List<Reference> by;
  private final List<KeyIds> keys = new ArrayList<>();

  /** From a combination so far and the next key's id to the combination of both. */
  private final List<LongIntMap> joins = new ArrayList<>();

  /** For each join its pairs, by number. */
  private final List<List<Long>> pairs = new ArrayList<>();

  private final int maxGroups;
  private boolean overflowed;
  private int constant;
  private int[] rowGroups = new int[0];

  /** The row groups where there are several keys; a single key's are its own array. */
  private int[] joined = new int[0];

  /**
   * @param maxGroups further ones have no number
   */
  Groups(List<Reference> by, int maxGroups) {
    this.by = by;
    this.maxGroups = maxGroups;
    for (Reference reference : by) {
      keys.add(new KeyIds(reference, maxGroups));
    }
    for (int i = 1; i < by.size(); i++) {
      joins.add(new LongIntMap());
      pairs.add(new ArrayList<>());
    }
  }

  /** Whether there was a group without number. */
  boolean overflowed() {
    return overflowed || keys.stream().anyMatch(KeyIds::overflowed);
  }

  /** How many there are. */
  int size() {
    return keys.isEmpty() ? 1 : joins.isEmpty() ? keys.getFirst().size() : pairs.getLast().size();
  }

  /** The group of all rows; {@link KeyIds#NO_ID} where they differ. */
  int constant() {
    return constant;
  }

  /** Each row's group, or {@link KeyIds#NO_ID}, where there is no constant one. */
  int[] rowGroups() {
    return rowGroups;
  }

  int ofRow(int row) {
    return constant != KeyIds.NO_ID ? constant : rowGroups[row];
  }

  /** Numbers the groups of some rows of a batch, at least one. */
  void bind(Columns columns, RowSet rows) {
    if (keys.isEmpty()) {
      constant = 0;
      return;
    }
    KeyIds first = keys.getFirst();
    first.bind(columns, rows);
    constant = first.constant();
    rowGroups = first.rowIds();
    for (int i = 1; i < keys.size(); i++) {
      join(i - 1, keys.get(i), columns, rows);
    }
  }

  private void join(int join, KeyIds key, Columns columns, RowSet rows) {
    key.bind(columns, rows);
    boolean constants = constant != KeyIds.NO_ID && key.constant() != KeyIds.NO_ID;
    if (constants) {
      constant = joined(join, constant, key.constant());
      if (constant != KeyIds.NO_ID) {
        return;
      }
    }
    if (joined.length < rows.size()) {
      joined = new int[rows.size()];
    }
    if (constants) {
      Arrays.fill(joined, KeyIds.NO_ID);
      rowGroups = joined;
      return;
    }
    long[] words = rows.words();
    for (int w = 0; w < words.length; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(word);
        int right = key.constant() != KeyIds.NO_ID ? key.constant() : key.rowIds()[row];
        joined[row] = joined(join, ofRow(row), right);
      }
    }
    rowGroups = joined;
    constant = KeyIds.NO_ID;
  }

  private int joined(int join, int left, int right) {
    if (left == KeyIds.NO_ID || right == KeyIds.NO_ID) {
      return KeyIds.NO_ID;
    }
    long pair = (long) left << 32 | right;
    LongIntMap known = joins.get(join);
    int group = known.get(pair);
    if (group < 0) {
      if (known.size() == maxGroups) {
        overflowed = true;
        return KeyIds.NO_ID;
      }
      group = known.size();
      known.add(pair, group);
      pairs.get(join).add(pair);
    }
    return group;
  }

  /** A group's values, one for each reference, maybe nil. */
  private List<Value> values(int group) {
    List<Value> values = new ArrayList<>();
    int left = group;
    for (int join = joins.size() - 1; join >= 0; join--) {
      long pair = pairs.get(join).get(left);
      values.addFirst(keys.get(join + 1).value((int) pair));
      left = (int) (pair >>> 32);
    }
    if (!keys.isEmpty()) {
      values.addFirst(keys.getFirst().value(left));
    }
    return values;
  }

  /**
   * A group's labels. Those that are nil are left out.
   *
   * @param more labels of the series beside those of its group; where there are none at all the
   *     first stands as nil
   */
  List<NamedValue> labels(int group, List<NamedValue> more) {
    List<NamedValue> labels = new ArrayList<>();
    List<Value> values = values(group);
    for (int i = 0; i < by.size(); i++) {
      if (values.get(i) != Value.NIL) {
        labels.add(new NamedValue(by.get(i).text(), values.get(i)));
      }
    }
    labels.addAll(more);
    if (labels.isEmpty() && !by.isEmpty()) {
      labels.add(new NamedValue(by.getFirst().text(), Value.NIL));
    }
    return labels;
  }
}
