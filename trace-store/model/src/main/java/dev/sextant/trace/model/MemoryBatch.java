package dev.sextant.trace.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Some of {@link MemoryTraces}' spans as columns. */
final class MemoryBatch implements SpanBatch {
  private final MemoryTraces all;
  private final int[] rows;
  private final int[] traceFrom;
  private final int[] parents;
  private final long laterStartNanos;
  private final Map<SpanField, SpanColumn> columns = new HashMap<>();

  /**
   * @param rows places in all
   */
  MemoryBatch(MemoryTraces all, int[] rows, int[] traceFrom, int[] parents, long laterStartNanos) {
    this.all = all;
    this.rows = rows;
    this.traceFrom = traceFrom;
    this.parents = parents;
    this.laterStartNanos = laterStartNanos;
  }

  @Override
  public int rows() {
    return rows.length;
  }

  @Override
  public SpanColumn column(SpanField field) {
    return columns.computeIfAbsent(field, this::read);
  }

  private SpanColumn read(SpanField field) {
    List<@Nullable SpanValue> values = new ArrayList<>();
    int[] ends = new int[rows.length];
    for (int row = 0; row < rows.length; row++) {
      values.addAll(all.values(rows[row], field));
      ends[row] = values.size();
    }
    SpanColumn column = column(values);
    return PlainValues.isList(field) ? new SpanColumn.Lists(ends, column) : column;
  }

  private static SpanColumn column(List<@Nullable SpanValue> values) {
    long[] present = new long[(values.size() + 63) / 64];
    Map<SpanValue, Integer> codes = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      SpanValue value = values.get(i);
      if (value != null) {
        present[i / 64] |= 1L << i;
        codes.putIfAbsent(value, codes.size());
      }
    }
    if (codes.isEmpty()) {
      return SpanColumn.ABSENT;
    }
    if (codes.keySet().stream().allMatch(value -> value instanceof SpanValue.Int)) {
      return new SpanColumn.Longs(
          values.stream().mapToLong(v -> v instanceof SpanValue.Int(long n) ? n : 0).toArray(),
          present);
    }
    if (codes.keySet().stream().allMatch(value -> value instanceof SpanValue.Decimal)) {
      return new SpanColumn.Doubles(
          values.stream()
              .mapToDouble(v -> v instanceof SpanValue.Decimal(double n) ? n : 0)
              .toArray(),
          present);
    }
    int[] rowCodes = new int[values.size()];
    for (int i = 0; i < rowCodes.length; i++) {
      SpanValue value = values.get(i);
      rowCodes[i] = value == null ? -1 : codes.getOrDefault(value, -1);
    }
    return new MemoryCodes(List.copyOf(codes.keySet()), rowCodes);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record MemoryCodes(List<SpanValue> dictionary, int[] codes) implements SpanColumn.Coded {}

  private long[] longs(ToLongFunction<PlainSpan> part) {
    long[] values = new long[rows.length];
    for (int row = 0; row < rows.length; row++) {
      values[row] = part.applyAsLong(all.span(rows[row]));
    }
    return values;
  }

  @Override
  public long[] traceHigh() {
    return longs(PlainSpan::traceHigh);
  }

  @Override
  public long[] traceLow() {
    return longs(PlainSpan::traceLow);
  }

  @Override
  public long[] spanIds() {
    return longs(PlainSpan::spanId);
  }

  @Override
  public int traces() {
    return traceFrom.length - 1;
  }

  @Override
  public int traceFrom(int trace) {
    return traceFrom[trace];
  }

  @Override
  public int[] parents() {
    return parents;
  }

  @Override
  public long laterStartNanos() {
    return laterStartNanos;
  }
}
