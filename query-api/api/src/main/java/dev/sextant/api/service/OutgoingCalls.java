package dev.sextant.api.service;

import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a service called in a time.
 *
 * @param groups most time first
 * @param other the rest together, of which {@code call} says nothing; null where there is none
 */
public record OutgoingCalls(
    List<Group> groups, @Nullable Group other, SpanSource.Inspected inspected) {
  public OutgoingCalls {
    groups = List.copyOf(groups);
  }

  /**
   * Calls to one thing.
   *
   * @param p95Nanos off by 3 % at most
   * @param shared what every span of the group has
   */
  public record Group(
      OutgoingCall call,
      long calls,
      long errors,
      long totalNanos,
      long p95Nanos,
      long longestNanos,
      List<Shared> shared,
      @Nullable Example slowest) {
    public Group {
      shared = List.copyOf(shared);
    }

    static Group of(OutgoingCall call, CallGroup counted) {
      return new Group(
          call,
          counted.calls(),
          counted.errors(),
          counted.totalNanos(),
          counted.durations().quantile(0.95),
          counted.durations().longest(),
          counted.shared().stream().map(Shared::of).toList(),
          counted.slowest());
    }
  }

  /**
   * A field's value.
   *
   * @param field as TraceQL writes it
   */
  public record Shared(String field, String value) {
    private static Shared of(CallGroup.Condition condition) {
      String field =
          switch (condition.field()) {
            case SpanField.Attribute(SpanField.Scope scope, String key) -> "span." + key;
            case SpanField.Intrinsic intrinsic -> "name";
          };
      return new Shared(field, condition.value());
    }
  }
}
