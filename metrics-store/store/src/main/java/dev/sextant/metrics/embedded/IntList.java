package dev.sextant.metrics.embedded;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A growing list of ints, appended to by one thread and read by any: whoever reads a size sees at
 * least as many numbers.
 */
final class IntList {
  private int[] items = new int[2];
  private volatile int size;

  void add(int item) {
    int count = size;
    if (count == items.length) {
      items = Arrays.copyOf(items, 2 * count);
    }
    items[count] = item;
    size = count + 1;
  }

  void addTo(BitSet into) {
    int count = size;
    int[] seen = items;
    for (int i = 0; i < count; i++) {
      into.set(seen[i]);
    }
  }
}
