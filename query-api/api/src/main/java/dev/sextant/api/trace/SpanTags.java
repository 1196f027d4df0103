package dev.sextant.api.trace;

import dev.sextant.trace.model.ColumnScan;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds which attributes spans have, and which values, among those that satisfy a condition. For
 * one question.
 *
 * @param fromNanos since the epoch, inclusive, and {@code toNanos} so too: when spans start; where
 *     the condition is about the whole trace, traces of which some time lies between
 * @param checkpoint throws where the question is called off or out of time
 */
record SpanTags(
    SpanSource source, long fromNanos, long toNanos, SpanCondition condition, Runnable checkpoint) {

  /**
   * Attributes, in order of scope and key. Those that exist are looked up first; then spans are
   * read until each of them was seen on one for which the condition holds.
   *
   * @param limit of all scopes together
   */
  List<SpanField.Attribute> attributes(Set<SpanField.Scope> scopes, int limit) {
    List<SpanField.Attribute> all =
        source.attributes(fromNanos, toNanos, scopes, limit, checkpoint);
    if (condition.equals(SpanCondition.ALL) || all.isEmpty()) {
      return all;
    }
    Set<SpanField.Attribute> missing = new LinkedHashSet<>(all);
    removeSeen(missing);
    return all.stream().filter(attribute -> !missing.contains(attribute)).toList();
  }

  /**
   * The distinct values of some fields together, by type and value.
   *
   * @param limit how many at most; where there are more, of each attribute the most frequent
   */
  List<SpanValue> values(List<SpanField> fields, int limit) {
    Set<SpanValue> found = new TreeSet<>(SpanValue.ORDER);
    for (SpanField field : fields) {
      found.addAll(source.values(field, fromNanos, toNanos, condition, limit, checkpoint));
    }
    return found.stream().limit(limit).toList();
  }

  /** Removes the attributes that some span has for which the condition holds. */
  private void removeSeen(Set<SpanField.Attribute> missing) {
    CompiledCondition compiled = CompiledCondition.of(condition);
    Set<SpanField> fields = new HashSet<>(CompiledCondition.fields(condition));
    SpanRequest.Unit unit = isOfTraces(fields) ? SpanRequest.Unit.TRACES : SpanRequest.Unit.SPANS;
    fields.addAll(missing);
    source.read(
        new SpanRequest(unit, fromNanos, toNanos, List.of(condition), fields, checkpoint),
        batch -> {
          RowSet rows = compiled.rows(batch::column, batch.rows());
          missing.removeIf(
              attribute -> !ColumnScan.present(batch.column(attribute), rows).isEmpty());
          return !missing.isEmpty();
        });
  }

  /** Whether some field is known only where the whole trace is. */
  private static boolean isOfTraces(Set<SpanField> fields) {
    return fields.stream()
        .anyMatch(
            field ->
                field instanceof SpanField.Intrinsic intrinsic
                    && intrinsic.compareTo(SpanField.Intrinsic.ROOT_NAME) >= 0);
  }
}
