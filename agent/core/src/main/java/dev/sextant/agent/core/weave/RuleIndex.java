package dev.sextant.agent.core.weave;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All rules of the enabled instrumentations, ordered for the one question asked per class. */
final class RuleIndex {
  /** A rule and the instrumentation it belongs to. */
  static final class Entry {
    final LibraryInstrumentation library;
    final TypeRule rule;

    Entry(LibraryInstrumentation library, TypeRule rule) {
      this.library = library;
      this.rule = rule;
    }
  }

  private final Map<String, List<Entry>> byName = new HashMap<>();
  private final List<Entry> bySuperType = new ArrayList<>();

  RuleIndex(Iterable<LibraryInstrumentation> libraries) {
    for (LibraryInstrumentation library : libraries) {
      for (TypeRule rule : library.rules()) {
        Entry entry = new Entry(library, rule);
        for (String name : rule.names) {
          List<Entry> entries = byName.get(name);
          if (entries == null) {
            entries = new ArrayList<>();
            byName.put(name, entries);
          }
          entries.add(entry);
        }
        if (rule.superType != null) {
          bySuperType.add(entry);
        }
      }
    }
  }

  Set<String> exactNames() {
    return byName.keySet();
  }

  /** Rules for a class by its name alone. */
  List<Entry> named(String className) {
    List<Entry> found = byName.get(className);
    return found == null ? Collections.<Entry>emptyList() : found;
  }

  /** Rules that apply if the class has their super type. */
  List<Entry> candidates(String className) {
    List<Entry> found = Collections.emptyList();
    for (Entry entry : bySuperType) {
      if (entry.rule.mayApplyTo(className)) {
        if (found.isEmpty()) {
          found = new ArrayList<>();
        }
        found.add(entry);
      }
    }
    return found;
  }
}
