package dev.sextant.trace.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plain spans with what their traces give them; each span once, in {@link TraceStructure} order.
 */
final class MemoryTraces {
  private final List<PlainSpan> spans = new ArrayList<>();
  private final TraceStructure structure;

  /** For each span its trace's number. */
  private final int[] traces;

  MemoryTraces(List<PlainSpan> arrived) {
    structure = TraceStructure.of(rows(arrived));
    traces = new int[structure.rows()];
    for (int trace = 0; trace < structure.traces(); trace++) {
      for (int at = structure.traceFrom(trace); at < structure.traceFrom(trace + 1); at++) {
        traces[at] = trace;
        spans.add(arrived.get(structure.order()[at]));
      }
    }
  }

  private static TraceRows rows(List<PlainSpan> spans) {
    byte[] kinds = new byte[spans.size()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = (byte) spans.get(i).kind();
    }
    return new TraceRows(
        spans.size(),
        spans.stream().mapToLong(PlainSpan::traceHigh).toArray(),
        spans.stream().mapToLong(PlainSpan::traceLow).toArray(),
        spans.stream().mapToLong(PlainSpan::spanId).toArray(),
        spans.stream().mapToLong(PlainSpan::parentId).toArray(),
        spans.stream().mapToLong(PlainSpan::startNanos).toArray(),
        spans.stream().mapToLong(PlainSpan::durationNanos).toArray(),
        kinds);
  }

  TraceStructure structure() {
    return structure;
  }

  PlainSpan span(int at) {
    return spans.get(at);
  }

  int size() {
    return spans.size();
  }

  /** The values of a field: one for each event or link, else one; null where there is none. */
  List<@Nullable SpanValue> values(int at, SpanField field) {
    List<@Nullable SpanValue> values = new ArrayList<>();
    int trace = traces[at];
    switch (field) {
      case SpanField.Intrinsic.ROOT_NAME -> values.add(ofRoot(trace, SpanField.Intrinsic.NAME));
      case SpanField.Intrinsic.ROOT_SERVICE -> values.add(ofRoot(trace, SpanField.SERVICE));
      case SpanField.Intrinsic.TRACE_START -> values.add(SpanValue.of(structure.startNanos(trace)));
      case SpanField.Intrinsic.TRACE_DURATION ->
          values.add(SpanValue.of(structure.durationNanos(trace)));
      case SpanField.Intrinsic.CHILD_COUNT ->
          values.add(SpanValue.of((long) structure.nestedSets().children()[at]));
      case SpanField.Intrinsic.NESTED_SET_LEFT ->
          values.add(SpanValue.of((long) structure.nestedSets().left()[at]));
      case SpanField.Intrinsic.NESTED_SET_RIGHT ->
          values.add(SpanValue.of((long) structure.nestedSets().right()[at]));
      case SpanField.Intrinsic.NESTED_SET_PARENT ->
          values.add(SpanValue.of((long) structure.nestedSets().parent()[at]));
      default -> values.addAll(PlainValues.values(spans.get(at), field));
    }
    return values;
  }

  private @Nullable SpanValue ofRoot(int trace, SpanField field) {
    int root = structure.root(trace);
    return root < 0 ? null : PlainValues.values(spans.get(root), field).getFirst();
  }

  /** Whether a condition holds for a span, by the words of {@link SpanCondition}. */
  boolean holds(int at, SpanCondition condition) {
    return switch (condition) {
      case SpanCondition.And(List<SpanCondition> parts) ->
          parts.stream().allMatch(part -> holds(at, part));
      case SpanCondition.Or(List<SpanCondition> parts) ->
          parts.stream().anyMatch(part -> holds(at, part));
      case SpanCondition.Present(SpanField field) -> {
        boolean present = false;
        for (@Nullable SpanValue value : values(at, field)) {
          present |= value != null;
        }
        yield present;
      }
      case SpanCondition.Compare(SpanField field, SpanCondition.Op op, SpanValue operand) -> {
        ValueTest test = ValueTest.of(op, operand);
        boolean holds = false;
        for (@Nullable SpanValue value : values(at, field)) {
          holds |= value != null && test.test(value);
        }
        yield holds;
      }
    };
  }
}
