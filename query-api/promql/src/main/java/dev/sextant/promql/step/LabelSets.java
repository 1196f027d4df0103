package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Label sets made from others. */
public final class LabelSets {
  private static final Set<String> IDENTITY = Set.of(Labels.NAME, "__type__", "__unit__");

  /** What a label set and its place in a table take, near enough to bound memory by. */
  static final int BYTES = 256;

  private LabelSets() {}

  /** Without the metric's name, type and unit, which no longer hold after arithmetic. */
  public static Labels withoutName(Labels labels) {
    for (int i = 0; i < labels.size(); i++) {
      if (IDENTITY.contains(labels.name(i))) {
        return without(labels, IDENTITY);
      }
    }
    return labels;
  }

  /** Only these labels. */
  public static Labels only(Labels labels, List<String> names) {
    return chosen(labels, names, true);
  }

  /** All but these labels. */
  public static Labels without(Labels labels, Set<String> names) {
    return chosen(labels, names, false);
  }

  /** The labels whose names are in the collection, or those whose are not. */
  private static Labels chosen(Labels labels, Collection<String> names, boolean inside) {
    int size = labels.size();
    String[] pairs = new String[2 * size];
    int n = 0;
    for (int i = 0; i < size; i++) {
      String name = labels.name(i);
      if (names.contains(name) == inside) {
        pairs[n++] = name;
        pairs[n++] = labels.value(i);
      }
    }
    if (n == pairs.length) {
      return labels;
    }
    return n == 0 ? Labels.EMPTY : Labels.ofSorted(Arrays.copyOf(pairs, n));
  }
}
