package dev.sextant.collector.otlp.metrics;

import java.util.Arrays;

/**
 * Gathers buckets in ascending order of index into a native histogram's spans. Empty buckets at
 * either end are left out, and runs of more than two between.
 */
final class BucketSpans {
  private static final int LARGEST_GAP = 2;

  private int[] spans = new int[0];
  private double[] counts = new double[0];
  private int size;
  private long last;

  /** Adds to a bucket; a repeated index adds up. */
  void add(long index, double count) {
    if (count == 0) {
      return;
    }
    if (size > 0 && index == last) {
      counts[size - 1] += count;
      return;
    }
    long gap = index - last - 1;
    if (size == 0) {
      open((int) index);
    } else if (gap > LARGEST_GAP) {
      open((int) gap);
    } else {
      for (long i = 0; i < gap; i++) {
        append(0);
      }
    }
    append(count);
    last = index;
  }

  private void open(int offset) {
    spans = Arrays.copyOf(spans, spans.length + 2);
    spans[spans.length - 2] = offset;
  }

  private void append(double count) {
    if (size == counts.length) {
      counts = Arrays.copyOf(counts, Math.max(16, 2 * size));
    }
    counts[size++] = count;
    spans[spans.length - 1]++;
  }

  /** (offset from the run before, length) pairs; the first offset is the first bucket's index. */
  int[] spans() {
    return spans;
  }

  double[] counts() {
    return Arrays.copyOf(counts, size);
  }
}
