package dev.sextant.traceql.spanset;

import dev.sextant.traceql.NamedValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Spans of one trace that belong together.
 *
 * @param origin which of its step's spansets it comes from
 * @param trace in the batch
 * @param rows of the batch, ascending, at least one
 * @param attributes those of {@code by} and aggregates so far
 */
@SuppressWarnings("ArrayRecordComponent")
public record Spanset(int origin, int trace, int[] rows, List<NamedValue> attributes) {

  Spanset withOrigin(int value) {
    return new Spanset(value, trace, rows, attributes);
  }

  /** The same with another attribute, in place of one of its name. */
  Spanset with(NamedValue attribute) {
    List<NamedValue> all = new ArrayList<>(attributes);
    all.removeIf(other -> other.name().equals(attribute.name()));
    all.add(attribute);
    return new Spanset(origin, trace, rows, all);
  }
}
