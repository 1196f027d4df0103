package dev.sextant.trace.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some of the rows 0 to {@link #size()}, a bit for each. Mutable; for one thread. */
public final class RowSet {
  private final int size;
  private final long[] words;

  private RowSet(int size, long[] words) {
    this.size = size;
    this.words = words;
  }

  /** No row of so many. */
  public static RowSet none(int size) {
    return new RowSet(size, new long[words(size)]);
  }

  /** Every row of so many. */
  public static RowSet all(int size) {
    RowSet set = none(size);
    Arrays.fill(set.words, -1L);
    set.clearBeyond();
    return set;
  }

  /**
   * The rows whose bits are set.
   *
   * @param bits lowest row first, 64 to a word; copied; null for every row. Those beyond the size
   *     are ignored, words that are missing hold none
   */
  static RowSet of(int size, long @Nullable [] bits) {
    if (bits == null) {
      return all(size);
    }
    RowSet set = new RowSet(size, Arrays.copyOf(bits, words(size)));
    set.clearBeyond();
    return set;
  }

  private static int words(int size) {
    return (size + 63) >>> 6;
  }

  private void clearBeyond() {
    if ((size & 63) != 0) {
      words[words.length - 1] &= -1L >>> -size;
    }
  }

  public RowSet copy() {
    return new RowSet(size, words.clone());
  }

  /** How many rows there are, in the set or not. */
  public int size() {
    return size;
  }

  /** The bits, lowest row first, 64 to a word; those beyond the size are 0 and must stay so. */
  public long[] words() {
    return words;
  }

  public boolean get(int row) {
    return (words[row >>> 6] & 1L << row) != 0;
  }

  public void add(int row) {
    words[row >>> 6] |= 1L << row;
  }

  public void remove(int row) {
    words[row >>> 6] &= ~(1L << row);
  }

  /** How many rows are in the set. */
  public int count() {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /** How many rows of from to to (exclusive) are in the set. */
  public int count(int from, int to) {
    if (from >= to) {
      return 0;
    }
    int first = from >>> 6;
    int last = (to - 1) >>> 6;
    long head = words[first] & -1L << from;
    long tailMask = -1L >>> -to;
    if (first == last) {
      return Long.bitCount(head & tailMask);
    }
    int count = Long.bitCount(head) + Long.bitCount(words[last] & tailMask);
    for (int i = first + 1; i < last; i++) {
      count += Long.bitCount(words[i]);
    }
    return count;
  }

  public boolean isEmpty() {
    for (long word : words) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether every row is in the set. */
  public boolean isFull() {
    return count() == size;
  }

  /** The first row of the set at or after a row; -1 where there is none. */
  public int next(int row) {
    if (row >= size) {
      return -1;
    }
    int at = row >>> 6;
    long word = words[at] & -1L << row;
    while (word == 0) {
      if (++at == words.length) {
        return -1;
      }
      word = words[at];
    }
    return (at << 6) + Long.numberOfTrailingZeros(word);
  }

  /** Adds the rows of another set of the same size. */
  public void or(RowSet other) {
    for (int i = 0; i < words.length; i++) {
      words[i] |= other.words[i];
    }
  }

  /** Keeps the rows that another set of the same size has. */
  public void and(RowSet other) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= other.words[i];
    }
  }

  /** Removes the rows of another set of the same size. */
  public void andNot(RowSet other) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= ~other.words[i];
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowSet that && size == that.size && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("{");
    for (int row = next(0); row >= 0; row = next(row + 1)) {
      out.append(out.length() > 1 ? "," : "").append(row);
    }
    return out.append('}').toString();
  }
}
