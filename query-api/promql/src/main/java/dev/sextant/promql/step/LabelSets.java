package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Label sets made from others. */
public final class LabelSets {
  private static final Set<String> IDENTITY = Set.of(Labels.NAME, "__type__", "__unit__");

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
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      if (names.contains(labels.name(i))) {
        pairs.add(labels.name(i));
        pairs.add(labels.value(i));
      }
    }
    return of(pairs);
  }

  /** All but these labels. */
  public static Labels without(Labels labels, Set<String> names) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      if (!names.contains(labels.name(i))) {
        pairs.add(labels.name(i));
        pairs.add(labels.value(i));
      }
    }
    return of(pairs);
  }

  private static Labels of(List<String> pairs) {
    return pairs.isEmpty() ? Labels.EMPTY : Labels.of(pairs.toArray(new String[0]));
  }
}
