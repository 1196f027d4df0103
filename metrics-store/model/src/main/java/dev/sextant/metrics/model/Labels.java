package dev.sextant.metrics.model;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * An immutable set of labels, sorted by name in code unit order. A label whose value is empty is
 * the same as no label and is never stored.
 */
public final class Labels implements Comparable<Labels> {
  public static final Labels EMPTY = new Labels(new String[0]);

  /** The label that holds a metric's name. */
  public static final String NAME = "__name__";

  /** name, value, name, value, … */
  private final String[] pairs;

  private final int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
    this.hash = Arrays.hashCode(pairs);
  }

  /** From name, value, name, value, … in any order; a name given twice keeps its last value. */
  public static Labels of(String... pairs) {
    if (pairs.length % 2 != 0) {
      throw new IllegalArgumentException(
          "labels need name and value in turn, got " + pairs.length + " strings");
    }
    TreeMap<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      sorted.put(pairs[i], pairs[i + 1]);
    }
    return of(sorted);
  }

  public static Labels of(Map<String, String> map) {
    TreeMap<String, String> sorted = new TreeMap<>(map);
    sorted.values().removeIf(String::isEmpty);
    String[] pairs = new String[sorted.size() * 2];
    int i = 0;
    for (Map.Entry<String, String> entry : sorted.entrySet()) {
      pairs[i++] = entry.getKey();
      pairs[i++] = entry.getValue();
    }
    return new Labels(pairs);
  }

  /**
   * From name, value, name, value, … already sorted by name, without a copy.
   *
   * @throws IllegalArgumentException where a name is not above the one before, or a value is empty
   */
  public static Labels ofSorted(String... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (i + 1 == pairs.length
          || pairs[i + 1].isEmpty()
          || (i > 0 && pairs[i - 2].compareTo(pairs[i]) >= 0)) {
        throw new IllegalArgumentException(
            "labels are not sorted pairs at string " + i + " of " + pairs.length);
      }
    }
    return new Labels(pairs);
  }

  public int size() {
    return pairs.length / 2;
  }

  /** Name of the label at {@code index}, from 0 to {@link #size()} − 1. */
  public String name(int index) {
    return pairs[2 * index];
  }

  /** Value of the label at {@code index}, from 0 to {@link #size()} − 1. */
  public String value(int index) {
    return pairs[2 * index + 1];
  }

  /** The value of a label, or the empty string where it is absent. */
  public String get(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return "";
  }

  public String metricName() {
    return get(NAME);
  }

  public boolean has(String name) {
    return !get(name).isEmpty();
  }

  /** These labels with one set, or removed where the value is empty. */
  public Labels with(String name, String value) {
    TreeMap<String, String> map = toMap();
    map.put(name, value);
    return of(map);
  }

  public Labels without(String name) {
    return has(name) ? with(name, "") : this;
  }

  public void forEach(BiConsumer<String, String> action) {
    for (int i = 0; i < pairs.length; i += 2) {
      action.accept(pairs[i], pairs[i + 1]);
    }
  }

  public TreeMap<String, String> toMap() {
    TreeMap<String, String> map = new TreeMap<>();
    forEach(map::put);
    return map;
  }

  @Override
  public int compareTo(Labels other) {
    int common = Math.min(pairs.length, other.pairs.length);
    for (int i = 0; i < common; i++) {
      int order = pairs[i].compareTo(other.pairs[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(pairs.length, other.pairs.length);
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof Labels labels
        && hash == labels.hash
        && Arrays.equals(pairs, labels.pairs);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** As PromQL writes a series: {@code name{label="value"}}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(metricName()).append('{');
    String separator = "";
    for (int i = 0; i < pairs.length; i += 2) {
      if (!pairs[i].equals(NAME)) {
        String value =
            pairs[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        out.append(separator).append(pairs[i]).append("=\"").append(value).append('"');
        separator = ", ";
      }
    }
    return out.append('}').toString();
  }
}
