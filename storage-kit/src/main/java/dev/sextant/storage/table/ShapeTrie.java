package dev.sextant.storage.table;

import dev.sextant.storage.codec.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the shape of a row as its columns come, one by one: a trie of lists of columns, in which
 * each place remembers where it was left the last time. For one thread.
 */
final class ShapeTrie {
  private static final int ROOT = 0;

  private int[] columns = new int[32];
  private int[] parents = new int[32];

  /** Where each place was left last; 0 for not yet. */
  private int[] lasts = new int[32];

  /** The shape that ends at a place, plus one. */
  private int[] shapes = new int[32];

  private int nodes = 1;
  private int at = ROOT;
  private final List<int[]> lists = new ArrayList<>();

  /** Place and column → next place, in an open-addressed table at most half full. */
  private long[] keys = new long[64];

  private int[] nexts = new int[64];

  /** The column that came next the last time, or -1. */
  int expected() {
    int last = lasts[at];
    return last == 0 ? -1 : columns[last];
  }

  void step(int column) {
    int last = lasts[at];
    if (last == 0 || columns[last] != column) {
      last = next(at, column);
      lasts[at] = last;
    }
    at = last;
  }

  private int next(int from, int column) {
    long key = (long) from << 32 | column + 1;
    int mask = keys.length - 1;
    int slot = (int) Hash.mix(key) & mask;
    while (keys[slot] != 0) {
      if (keys[slot] == key) {
        return nexts[slot];
      }
      slot = (slot + 1) & mask;
    }
    keys[slot] = key;
    nexts[slot] = add(from, column);
    if (nodes > keys.length / 2) {
      grow();
    }
    return nodes - 1;
  }

  private int add(int parent, int column) {
    if (nodes == columns.length) {
      int size = nodes * 2;
      columns = Arrays.copyOf(columns, size);
      parents = Arrays.copyOf(parents, size);
      lasts = Arrays.copyOf(lasts, size);
      shapes = Arrays.copyOf(shapes, size);
    }
    columns[nodes] = column;
    parents[nodes] = parent;
    return nodes++;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNexts = nexts;
    keys = new long[oldKeys.length * 2];
    nexts = new int[oldKeys.length * 2];
    int mask = keys.length - 1;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = (int) Hash.mix(oldKeys[i]) & mask;
        while (keys[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        keys[slot] = oldKeys[i];
        nexts[slot] = oldNexts[i];
      }
    }
  }

  /** Ends the row; gives the number of its shape. */
  int end() {
    if (shapes[at] == 0) {
      lists.add(path());
      shapes[at] = lists.size();
    }
    int shape = shapes[at] - 1;
    at = ROOT;
    return shape;
  }

  private int[] path() {
    int length = 0;
    for (int node = at; node != ROOT; node = parents[node]) {
      length++;
    }
    int[] path = new int[length];
    for (int node = at; node != ROOT; node = parents[node]) {
      path[--length] = columns[node];
    }
    return path;
  }

  List<int[]> lists() {
    return lists;
  }
}
