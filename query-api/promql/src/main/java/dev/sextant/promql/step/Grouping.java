package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Numbers the groups of an aggregation from 0 in order of appearance. Each series asks once; steps
 * only see the number. For one thread.
 */
public final class Grouping {
  private final List<String> names;
  private final Set<String> removed;
  private final boolean without;
  private final Map<Labels, Integer> ids = new HashMap<>();
  private final List<Labels> labels = new ArrayList<>();

  /**
   * The group a series belongs to: exactly these labels, or all but these and the metric's name.
   */
  public Grouping(List<String> names, boolean without) {
    this.names = names;
    this.without = without;
    this.removed = new HashSet<>(names);
    removed.add(Labels.NAME);
  }

  /** The number of a series' group. */
  public int idOf(Labels series) {
    Labels key = without ? LabelSets.without(series, removed) : LabelSets.only(series, names);
    Integer id = ids.putIfAbsent(key, labels.size());
    if (id == null) {
      labels.add(key);
      return labels.size() - 1;
    }
    return id;
  }

  public int size() {
    return labels.size();
  }

  /** The labels of a group. */
  public Labels labels(int id) {
    return labels.get(id);
  }
}
