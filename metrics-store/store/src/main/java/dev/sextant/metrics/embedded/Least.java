package dev.sextant.metrics.embedded;

import java.util.List;
import java.util.TreeSet;

/** The least of what is added, each once, and no more of them than are asked for. */
final class Least<T extends Comparable<T>> {
  private final TreeSet<T> kept = new TreeSet<>();
  private final int limit;

  /**
   * @param limit 0 for all
   */
  Least(int limit) {
    this.limit = limit == 0 ? Integer.MAX_VALUE : limit;
  }

  /** Whether adding it would change anything. */
  boolean wants(T value) {
    return kept.size() < limit
        ? !kept.contains(value)
        : value.compareTo(kept.last()) < 0 && !kept.contains(value);
  }

  void add(T value) {
    if (wants(value)) {
      kept.add(value);
      if (kept.size() > limit) {
        kept.pollLast();
      }
    }
  }

  /** In order. */
  List<T> list() {
    return List.copyOf(kept);
  }
}
