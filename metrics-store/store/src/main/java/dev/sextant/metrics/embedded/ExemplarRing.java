package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A tenant's newest exemplars, a bounded number; an equal one counts once. Guarded by the store's
 * lock.
 */
final class ExemplarRing {
  private record Entry(Labels series, Exemplar exemplar) {}

  private final int capacity;
  private final Set<Entry> entries = new LinkedHashSet<>();
  private final List<Entry> uncommitted = new ArrayList<>();

  ExemplarRing(int capacity) {
    this.capacity = capacity;
  }

  void add(Labels series, Exemplar exemplar) {
    Entry entry = new Entry(series, exemplar);
    if (capacity > 0 && entries.add(entry)) {
      uncommitted.add(entry);
      if (entries.size() > capacity) {
        Iterator<Entry> oldest = entries.iterator();
        oldest.next();
        oldest.remove();
      }
      if (uncommitted.size() > 2 * capacity) {
        uncommitted.subList(0, uncommitted.size() - capacity).clear();
      }
    }
  }

  void forEach(BiConsumer<Labels, Exemplar> action) {
    entries.forEach(entry -> action.accept(entry.series, entry.exemplar));
  }

  void forEachUncommitted(BiConsumer<Labels, Exemplar> action) {
    uncommitted.forEach(entry -> action.accept(entry.series, entry.exemplar));
  }

  void markCommitted() {
    uncommitted.clear();
  }

  Map<Labels, List<Exemplar>> select(long minMillis, long maxMillis, List<List<Matcher>> matchers) {
    Map<Labels, List<Exemplar>> found = new TreeMap<>();
    for (Entry entry : entries) {
      long time = entry.exemplar.timestampMillis();
      if (time >= minMillis && time <= maxMillis && matches(matchers, entry.series)) {
        found.computeIfAbsent(entry.series, key -> new ArrayList<>()).add(entry.exemplar);
      }
    }
    found.values().forEach(list -> list.sort(Comparator.comparingLong(Exemplar::timestampMillis)));
    return found;
  }

  private static boolean matches(List<List<Matcher>> matchers, Labels series) {
    return matchers.isEmpty()
        || matchers.stream()
            .anyMatch(list -> list.stream().allMatch(matcher -> matcher.matches(series)));
  }
}
