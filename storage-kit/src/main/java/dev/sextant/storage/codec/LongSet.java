package dev.sextant.storage.codec;

/**
 * A set of 64-bit numbers in an open-addressed table, at most three quarters full. For one thread.
 */
public final class LongSet {
  private long[] table = new long[64];
  private int size;
  private boolean hasZero;

  /** True where the value was not in it. */
  public boolean add(long value) {
    if (value == 0) {
      boolean added = !hasZero;
      hasZero = true;
      return added;
    }
    if (!insert(table, value)) {
      return false;
    }
    size++;
    if (size > table.length / 4 * 3) {
      grow();
    }
    return true;
  }

  public boolean contains(long value) {
    if (value == 0) {
      return hasZero;
    }
    int mask = table.length - 1;
    int at = (int) Hash.mix(value) & mask;
    while (table[at] != 0) {
      if (table[at] == value) {
        return true;
      }
      at = (at + 1) & mask;
    }
    return false;
  }

  public int size() {
    return size + (hasZero ? 1 : 0);
  }

  /** The values in no order. */
  public long[] toArray() {
    long[] values = new long[size()];
    int count = 0;
    for (long value : table) {
      if (value != 0) {
        values[count++] = value;
      }
    }
    return values;
  }

  private static boolean insert(long[] into, long value) {
    int mask = into.length - 1;
    int at = (int) Hash.mix(value) & mask;
    while (into[at] != 0) {
      if (into[at] == value) {
        return false;
      }
      at = (at + 1) & mask;
    }
    into[at] = value;
    return true;
  }

  private void grow() {
    long[] bigger = new long[table.length * 2];
    for (long value : table) {
      if (value != 0) {
        insert(bigger, value);
      }
    }
    table = bigger;
  }
}
