package dev.sextant.traceql.metrics;

import java.util.Arrays;

/** From whole numbers to numbers not below 0; open-addressed. For one thread. */
final class LongIntMap {
  private long[] keys = new long[16];
  private int[] values = new int[16];
  private int size;

  LongIntMap() {
    Arrays.fill(values, -1);
  }

  int size() {
    return size;
  }

  /** -1 where there is none. */
  int get(long key) {
    return values[slot(key)];
  }

  /** Adds a key that is not there. */
  void add(long key, int value) {
    if (++size > keys.length / 2) {
      grow();
    }
    int at = slot(key);
    keys[at] = key;
    values[at] = value;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    long hash = key * 0x9E3779B97F4A7C15L;
    int at = (int) (hash ^ hash >>> 32) & mask;
    while (values[at] >= 0 && keys[at] != key) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new int[keys.length];
    Arrays.fill(values, -1);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] >= 0) {
        int at = slot(oldKeys[i]);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}
