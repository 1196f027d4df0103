package dev.sextant.trace.model;

import java.util.List;

/**
 * A condition on one span. A comparison with a field that the span lacks is false, whatever the
 * operator. With several values (a list attribute, events, links) a comparison holds where some
 * value satisfies it; {@code NOT_EQUAL} and {@code NOT_MATCHES} of a list attribute where all do.
 * An empty list satisfies no comparison. {@link CompiledCondition} evaluates it.
 */
public sealed interface SpanCondition {
  SpanCondition ALL = new And(List.of());

  /** Every part holds; true for none. */
  record And(List<SpanCondition> parts) implements SpanCondition {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** At least one part holds; false for none. */
  record Or(List<SpanCondition> parts) implements SpanCondition {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Compares by type: numbers (whole with decimal too) by their exact value, NaN unequal to every
   * number, text by its UTF-8 bytes, booleans for equality only. Values of different types satisfy
   * no comparison, {@code NOT_EQUAL} included. With {@code MATCHES} and {@code NOT_MATCHES} the
   * operand is an RE2 expression for the whole text, in which a dot matches line breaks too.
   */
  record Compare(SpanField field, Op op, SpanValue operand) implements SpanCondition {}

  /** The span has the field; of an event's or link's, some of its events or links has. */
  record Present(SpanField field) implements SpanCondition {}

  /** How a field is compared. */
  enum Op {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    MATCHES,
    NOT_MATCHES
  }
}
