package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;

/**
 * Distinct byte strings, numbered in the order they came, in an open-addressed table that is at
 * most half full. For one thread.
 */
public final class TextDictionary {
  private byte[] bytes = new byte[64];
  private int[] ends = new int[4];
  private int[] hashes = new int[4];

  /** Numbers plus one; 0 is free. */
  private int[] table = new int[8];

  private int size;

  /** The number of a byte string, which is copied where it is new. */
  public int idOf(byte[] source, int from, int to) {
    int hash = (int) Hash.of(source, from, to);
    int mask = table.length - 1;
    int at = hash & mask;
    while (table[at] != 0) {
      int id = table[at] - 1;
      if (hashes[id] == hash && Arrays.equals(bytes, start(id), ends[id], source, from, to)) {
        return id;
      }
      at = (at + 1) & mask;
    }
    table[at] = size + 1;
    return add(hash, source, from, to);
  }

  /** The number of a byte string, or -1 where it is not there. */
  public int find(byte[] source, int from, int to) {
    int hash = (int) Hash.of(source, from, to);
    int mask = table.length - 1;
    for (int at = hash & mask; table[at] != 0; at = (at + 1) & mask) {
      int id = table[at] - 1;
      if (hashes[id] == hash && Arrays.equals(bytes, start(id), ends[id], source, from, to)) {
        return id;
      }
    }
    return -1;
  }

  public int idOf(Slice text) {
    return idOf(text.bytes(), text.from(), text.to());
  }

  private int start(int id) {
    return id == 0 ? 0 : ends[id - 1];
  }

  private int add(int hash, byte[] source, int from, int to) {
    int start = size == 0 ? 0 : ends[size - 1];
    int end = Math.addExact(start, to - from);
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(end, Math.min(2L * bytes.length, 1 << 30)));
    }
    System.arraycopy(source, from, bytes, start, to - from);
    ends[size] = end;
    hashes[size] = hash;
    size++;
    if (size > table.length / 2) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    int[] bigger = new int[table.length * 2];
    int mask = bigger.length - 1;
    for (int id = 0; id < size; id++) {
      int at = hashes[id] & mask;
      while (bigger[at] != 0) {
        at = (at + 1) & mask;
      }
      bigger[at] = id + 1;
    }
    table = bigger;
  }

  public int size() {
    return size;
  }

  /** Those that are in it now; stays as it is while more are added. */
  public Texts texts() {
    return new Texts(bytes, ends, 0, size);
  }

  /** About how much heap it takes. */
  public long heapBytes() {
    return 96 + bytes.length + 8L * ends.length + 4L * table.length;
  }
}
