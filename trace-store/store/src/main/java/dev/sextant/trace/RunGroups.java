package dev.sextant.trace;

import dev.sextant.storage.block.Grouping;
import dev.sextant.storage.codec.TextDictionary;
import dev.sextant.storage.codec.Texts;
import dev.sextant.storage.otlp.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Resources or scopes that one block of a run refers to, numbered anew. For one thread. */
final class RunGroups {
  private final TextDictionary entries;

  /** By number among all, the number in the block at hand, or -1. */
  private final int[] numbers;

  private final List<Integer> used = new ArrayList<>();

  RunGroups(TextDictionary entries) {
    this.entries = entries;
    this.numbers = new int[entries.size()];
    Arrays.fill(numbers, -1);
  }

  /** Begins another block. */
  void begin() {
    used.forEach(number -> numbers[number] = -1);
    used.clear();
  }

  /** The number in the block. */
  int numberOf(int amongAll) {
    if (numbers[amongAll] < 0) {
      numbers[amongAll] = used.size();
      used.add(amongAll);
    }
    return numbers[amongAll];
  }

  /** The block's, in the order of their numbers. */
  List<Slice> entries() {
    Texts texts = entries.texts();
    return used.stream().map(texts::get).toList();
  }

  /** By number among all, the service of each resource. */
  static List<String> services(RunRows rows) {
    Texts texts = rows.resourceEntries.texts();
    List<String> services = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      services.add(Grouping.resource(texts.get(i)).service());
    }
    return services;
  }
}
