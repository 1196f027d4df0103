package dev.sextant.promql.histogram;

import java.util.Arrays;

/**
 * One side of a histogram without gaps in the way: bucket indexes, ascending and distinct, and
 * their counts.
 *
 * @param size how much of the arrays is used
 */
record Buckets(int[] index, double[] count, int size) {
  static final Buckets NONE = new Buckets(new int[0], new double[0], 0);

  /** From flattened (offset, length) spans and counts. */
  static Buckets of(int[] spans, double[] counts) {
    if (counts.length == 0) {
      return NONE;
    }
    int[] index = new int[counts.length];
    int next = 0;
    int at = 0;
    for (int s = 0; s < spans.length; s += 2) {
      next += spans[s];
      for (int i = 0; i < spans[s + 1] && at < counts.length; i++) {
        index[at++] = next++;
      }
    }
    return new Buckets(index, counts, at);
  }

  /** The spans that {@link #of} reads. */
  int[] spans() {
    int[] spans = new int[2 * size];
    int used = 0;
    int next = 0;
    for (int i = 0; i < size; i++) {
      if (i > 0 && index[i] == next) {
        spans[used - 1]++;
      } else {
        spans[used++] = index[i] - next;
        spans[used++] = 1;
      }
      next = index[i] + 1;
    }
    return Arrays.copyOf(spans, used);
  }

  double[] counts() {
    return count.length == size ? count : Arrays.copyOf(count, size);
  }

  /** Each count of this plus {@code sign} times that of the other. */
  Buckets plus(Buckets other, double sign) {
    int[] ids = new int[size + other.size];
    double[] sums = new double[size + other.size];
    int a = 0;
    int b = 0;
    int n = 0;
    while (a < size || b < other.size) {
      int left = a < size ? index[a] : Integer.MAX_VALUE;
      int right = b < other.size ? other.index[b] : Integer.MAX_VALUE;
      ids[n] = Math.min(left, right);
      double sum = left <= right ? count[a++] : 0;
      sums[n++] = right <= left ? sum + sign * other.count[b++] : sum;
    }
    return new Buckets(ids, sums, n);
  }

  /** At a resolution lower by {@code steps} schemas: 2^steps buckets become one. */
  Buckets reduced(int steps) {
    if (steps == 0 || size == 0) {
      return this;
    }
    int[] ids = new int[size];
    double[] sums = new double[size];
    int n = 0;
    for (int i = 0; i < size; i++) {
      int id = ((index[i] - 1) >> steps) + 1;
      if (n > 0 && ids[n - 1] == id) {
        sums[n - 1] += count[i];
      } else {
        ids[n] = id;
        sums[n++] = count[i];
      }
    }
    return new Buckets(ids, sums, n);
  }

  /** The same buckets, all empty. */
  Buckets zeros() {
    return new Buckets(index, new double[size], size);
  }

  Buckets withoutEmpty() {
    int[] ids = new int[size];
    double[] kept = new double[size];
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (count[i] != 0) {
        ids[n] = index[i];
        kept[n++] = count[i];
      }
    }
    return n == size ? this : new Buckets(ids, kept, n);
  }

  /** Without the first {@code n} buckets. */
  Buckets from(int n) {
    return n == 0
        ? this
        : new Buckets(
            Arrays.copyOfRange(index, n, size), Arrays.copyOfRange(count, n, size), size - n);
  }

  /** The count of a bucket, 0 where there is none. */
  double get(int id) {
    int at = Arrays.binarySearch(index, 0, size, id);
    return at < 0 ? 0 : count[at];
  }
}
