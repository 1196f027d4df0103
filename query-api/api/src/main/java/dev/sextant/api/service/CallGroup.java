package dev.sextant.api.service;

import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of one kind to one thing, while they are counted. Not thread-safe. */
final class CallGroup {
  private final List<Condition> shared = new ArrayList<>();
  private final DurationCounts durations = new DurationCounts();
  private long calls;
  private long errors;
  private long totalNanos;
  private @Nullable Example slowest;

  /** What every span of the group has. */
  record Condition(SpanField field, String value) {}

  /** Counts a call. */
  void add(SpanBatch batch, int row, long nanos, boolean failed, List<TextColumn> used) {
    if (calls == 0) {
      used.forEach(column -> shared.add(new Condition(column.field(), column.text(row))));
    } else {
      shared.removeIf(condition -> !holds(condition, row, used));
    }
    if (slowest == null || nanos > durations.longest()) {
      slowest = Example.of(batch, row);
    }
    calls++;
    errors += failed ? 1 : 0;
    totalNanos += nanos;
    durations.add(nanos);
  }

  private static boolean holds(Condition condition, int row, List<TextColumn> used) {
    for (TextColumn column : used) {
      if (column.field().equals(condition.field())) {
        return column.text(row).equals(condition.value());
      }
    }
    return false;
  }

  void addAll(CallGroup other) {
    calls += other.calls;
    errors += other.errors;
    totalNanos += other.totalNanos;
    durations.addAll(other.durations);
  }

  long calls() {
    return calls;
  }

  long errors() {
    return errors;
  }

  long totalNanos() {
    return totalNanos;
  }

  DurationCounts durations() {
    return durations;
  }

  /** Conditions that tell the group's spans from others, as far as they all have the same value. */
  List<Condition> shared() {
    return shared;
  }

  @Nullable Example slowest() {
    return slowest;
  }
}
