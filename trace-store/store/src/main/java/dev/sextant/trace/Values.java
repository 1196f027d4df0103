package dev.sextant.trace;

import dev.sextant.storage.otlp.AttributeValue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Compares values as {@link SpanFilter.Compare} says. */
final class Values {
  private Values() {}

  static boolean holds(AttributeValue left, SpanFilter.Op op, AttributeValue right) {
    if (op == SpanFilter.Op.EQUAL) {
      return equal(left, right);
    }
    if (op == SpanFilter.Op.NOT_EQUAL) {
      return !equal(left, right);
    }
    Integer order = order(left, right);
    if (order == null) {
      return false;
    }
    return switch (op) {
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case EQUAL, NOT_EQUAL -> throw new AssertionError(op);
    };
  }

  private static boolean equal(AttributeValue left, AttributeValue right) {
    Integer order = order(left, right);
    return order != null ? order == 0 : !isNumber(left) && left.equals(right);
  }

  private static boolean isNumber(AttributeValue value) {
    return value instanceof AttributeValue.Int || value instanceof AttributeValue.Decimal;
  }

  /** The order of two texts or two numbers, or null where there is none. */
  private static @Nullable Integer order(AttributeValue left, AttributeValue right) {
    if (left instanceof AttributeValue.Text(String a)
        && right instanceof AttributeValue.Text(String b)) {
      return a.compareTo(b);
    }
    if (left instanceof AttributeValue.Int(long a)) {
      if (right instanceof AttributeValue.Int(long b)) {
        return Long.compare(a, b);
      }
      return right instanceof AttributeValue.Decimal(double b) ? order(a, b) : null;
    }
    if (left instanceof AttributeValue.Decimal(double a)) {
      if (right instanceof AttributeValue.Decimal(double b)) {
        return Double.isNaN(a) || Double.isNaN(b)
            ? null
            : (Integer) Double.compare(a + 0.0, b + 0.0);
      }
      if (right instanceof AttributeValue.Int(long b)) {
        Integer reverse = order(b, a);
        return reverse == null ? null : (Integer) (-reverse);
      }
    }
    return null;
  }

  private static @Nullable Integer order(long a, double b) {
    if (Double.isNaN(b)) {
      return null;
    }
    if (Double.isInfinite(b)) {
      return b > 0 ? -1 : 1;
    }
    return BigDecimal.valueOf(a).compareTo(new BigDecimal(b));
  }
}
