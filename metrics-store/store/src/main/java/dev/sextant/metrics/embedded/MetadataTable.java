package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Metadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What a tenant's metric families are said to be: of each family the last few different entries,
 * and of the families the last mentioned. Guarded by the store's lock.
 */
final class MetadataTable {
  private static final int ENTRIES_PER_FAMILY = 4;

  private final int maxFamilies;
  private final SequencedMap<String, List<Metadata>> byFamily = new LinkedHashMap<>();
  private final List<Metadata> uncommitted = new ArrayList<>();

  MetadataTable(int maxFamilies) {
    this.maxFamilies = maxFamilies;
  }

  void add(Metadata entry) {
    List<Metadata> entries = byFamily.computeIfAbsent(entry.family(), key -> new ArrayList<>());
    if (entries.contains(entry)) {
      return;
    }
    entries.add(entry);
    uncommitted.add(entry);
    if (entries.size() > ENTRIES_PER_FAMILY) {
      entries.remove(0);
    }
    if (byFamily.size() > maxFamilies) {
      byFamily.pollFirstEntry();
    }
  }

  List<Metadata> all() {
    return byFamily.values().stream().flatMap(List::stream).toList();
  }

  List<Metadata> uncommitted() {
    return List.copyOf(uncommitted);
  }

  void markCommitted() {
    uncommitted.clear();
  }

  Map<String, List<Metadata>> select(String family, int limit) {
    TreeMap<String, List<Metadata>> found = new TreeMap<>();
    byFamily.forEach(
        (name, entries) -> {
          if (family.isEmpty() || family.equals(name)) {
            found.put(name, List.copyOf(entries));
          }
        });
    while (limit > 0 && found.size() > limit) {
      found.pollLastEntry();
    }
    return found;
  }
}
