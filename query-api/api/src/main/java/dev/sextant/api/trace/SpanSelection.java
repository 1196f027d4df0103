package dev.sextant.api.trace;

import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which spans are to be read, and what of them.
 *
 * @param unit by {@code TRACES} a batch has the other spans of the traces too
 * @param fromNanos since the epoch, inclusive, and {@code toNanos} so too: when spans start
 * @param condition that each span satisfies
 * @param alsoInTrace by {@code TRACES}: of each, some span of the trace satisfies it
 * @param fields that will be asked of the batches
 */
public record SpanSelection(
    SpanRequest.Unit unit,
    long fromNanos,
    long toNanos,
    SpanCondition condition,
    List<SpanCondition> alsoInTrace,
    Set<SpanField> fields) {
  public SpanSelection {
    alsoInTrace = List.copyOf(alsoInTrace);
    fields = Set.copyOf(fields);
    condition =
        new SpanCondition.And(
            List.of(
                condition,
                start(SpanCondition.Op.GREATER_OR_EQUAL, fromNanos),
                start(SpanCondition.Op.LESS_OR_EQUAL, toNanos)));
  }

  private static SpanCondition start(SpanCondition.Op op, long nanos) {
    return new SpanCondition.Compare(SpanField.Intrinsic.START, op, SpanValue.of(nanos));
  }

  SpanRequest request(Runnable checkpoint) {
    Set<SpanField> all = new HashSet<>(fields);
    List<SpanCondition> needs = Stream.concat(Stream.of(condition), alsoInTrace.stream()).toList();
    needs.forEach(need -> all.addAll(CompiledCondition.fields(need)));
    return new SpanRequest(unit, fromNanos, toNanos, needs, all, checkpoint);
  }
}
