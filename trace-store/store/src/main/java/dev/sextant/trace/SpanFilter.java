package dev.sextant.trace;

import dev.sextant.storage.otlp.AttributeValue;
import java.util.List;

/**
 * A condition on one span. A comparison with a field that the span lacks is false, {@code
 * NOT_EQUAL} too.
 */
public sealed interface SpanFilter {
  SpanFilter ALL = new And(List.of());

  /** Every part holds; true for none. */
  record And(List<SpanFilter> parts) implements SpanFilter {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** At least one part holds; false for none. */
  record Or(List<SpanFilter> parts) implements SpanFilter {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  record Not(SpanFilter part) implements SpanFilter {}

  /**
   * Compares by type: numbers (integers with decimals too) by value, text by code units, booleans
   * for equality only; a number in text is text. Values of different types are not equal and not
   * ordered.
   *
   * @param value a text, a number or a boolean
   */
  record Compare(SpanField field, Op op, AttributeValue value) implements SpanFilter {}

  enum Op {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /** Whether a {@link Not} or {@link Op#NOT_EQUAL} stands anywhere in it. */
  default boolean negates() {
    return switch (this) {
      case And(List<SpanFilter> parts) -> parts.stream().anyMatch(SpanFilter::negates);
      case Or(List<SpanFilter> parts) -> parts.stream().anyMatch(SpanFilter::negates);
      case Not(SpanFilter part) -> true;
      case Compare compare -> compare.op() == Op.NOT_EQUAL;
    };
  }
}
