package dev.sextant.traceql.metrics;

import dev.sextant.traceql.Value;
import dev.sextant.traceql.exec.Execution;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts over buckets of each value of one attribute. A value that is met seldom takes memory for
 * the buckets it is met in only. For one thread.
 */
final class ValueCounts {
  private static final long ENTRY_BYTES = 150;

  private final Execution execution;
  private final int buckets;
  private final Map<Value, Counter> counters = new HashMap<>();
  private final double[] totals;

  ValueCounts(Execution execution, int buckets) {
    this.execution = execution;
    this.buckets = buckets;
    execution.reserve(ENTRY_BYTES + 8L * buckets);
    this.totals = new double[buckets];
  }

  /** What counts a value, made where there is none. */
  Counter of(Value value) {
    Counter known = counters.get(value);
    if (known == null) {
      execution.reserve(ENTRY_BYTES + value.text().length());
      known = new Counter();
      counters.put(value, known);
    }
    return known;
  }

  /** How many values there are. */
  int size() {
    return counters.size();
  }

  double[] totals() {
    return totals;
  }

  /** The most frequent values, of equally frequent ones the first in the order of labels. */
  List<Value> top(int limit) {
    Comparator<Map.Entry<Value, Counter>> mostFirst =
        Comparator.comparingLong(entry -> -entry.getValue().total);
    return counters.entrySet().stream()
        .sorted(mostFirst.thenComparing(Map.Entry::getKey, SeriesOrder::compare))
        .limit(limit)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A value's counts over buckets, a new array. */
  double[] counts(Value value) {
    execution.reserve(8L * buckets);
    double[] all = new double[buckets];
    Counter known = counters.get(value);
    if (known != null) {
      known.into(all);
    }
    return all;
  }

  /** Buckets and their counts as long as these are few, then all buckets. */
  final class Counter {
    private int[] places = new int[1];
    private int[] numbers = new int[1];
    private int size;
    private boolean dense;
    private long total;

    void add(int bucket) {
      total++;
      totals[bucket]++;
      if (dense) {
        numbers[bucket]++;
        return;
      }
      // Spans come roughly by time, so that the last bucket is mostly the right one.
      for (int i = size - 1; i >= 0; i--) {
        if (places[i] == bucket) {
          numbers[i]++;
          return;
        }
      }
      append(bucket);
    }

    private void append(int bucket) {
      if (size >= 16 || size * 2 >= buckets) {
        spread();
        numbers[bucket]++;
        return;
      }
      if (size == places.length) {
        execution.reserve(8L * size);
        places = Arrays.copyOf(places, size * 2);
        numbers = Arrays.copyOf(numbers, size * 2);
      }
      places[size] = bucket;
      numbers[size++] = 1;
    }

    private void spread() {
      execution.reserve(4L * buckets);
      int[] all = new int[buckets];
      for (int i = 0; i < size; i++) {
        all[places[i]] = numbers[i];
      }
      numbers = all;
      places = new int[0];
      dense = true;
    }

    void into(double[] all) {
      for (int i = 0; i < (dense ? buckets : size); i++) {
        all[dense ? i : places[i]] = numbers[i];
      }
    }
  }
}
