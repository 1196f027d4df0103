package dev.sextant.traceql.field;

import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.FieldOp;
import java.util.List;

/**
 * What operators give of values, whose types are known only now. Every pair of values has a result:
 * an error would end a query or not by what a source left out.
 */
public final class Operators {
  private Operators() {}

  /** Types that do not fit give false, nil among them. */
  static Value binary(FieldOp op, Value left, Value right) {
    return op.kind() == FieldOp.Kind.COMPARISON
        ? Value.of(compare(op, left, right))
        : arithmetic(op, left, right);
  }

  /** Two lists satisfy no comparison. */
  private static boolean compare(FieldOp op, Value left, Value right) {
    if (left instanceof Value.Array(List<Value> elements)) {
      if (right instanceof Value.Array) {
        return false;
      }
      return someOrAll(op == FieldOp.NOT_EQUAL, elements, e -> holds(op, e, right));
    }
    if (right instanceof Value.Array(List<Value> elements)) {
      return someOrAll(op == FieldOp.NOT_EQUAL, elements, e -> holds(op, left, e));
    }
    return holds(op, left, right);
  }

  /** A condition on one element of an array. */
  interface ElementTest {
    boolean test(Value element);
  }

  /** Whether all elements pass a negative test, some a positive one; never of none. */
  static boolean someOrAll(boolean negative, List<Value> elements, ElementTest test) {
    for (Value element : elements) {
      if (test.test(element) != negative) {
        return !negative;
      }
    }
    return negative && !elements.isEmpty();
  }

  /**
   * Compares two values that are no arrays: numbers by their exact values, text by its UTF-8 bytes.
   * False where their types do not fit each other or the operator.
   */
  public static boolean holds(FieldOp op, Value left, Value right) {
    if (isNumber(left) && isNumber(right)) {
      return numbers(op, left, right);
    }
    return switch (left) {
      case Value.Text(String a) when right instanceof Value.Text(String b) ->
          ordered(op, SpanValue.ORDER.compare(SpanValue.of(a), SpanValue.of(b)));
      case Value.Bool a when right instanceof Value.Bool b -> equality(op, a.equals(b));
      case Value.Status a when right instanceof Value.Status b -> equality(op, a.equals(b));
      case Value.Kind a when right instanceof Value.Kind b -> equality(op, a.equals(b));
      default -> false;
    };
  }

  private static boolean equality(FieldOp op, boolean equal) {
    return op == FieldOp.EQUAL ? equal : op == FieldOp.NOT_EQUAL && !equal;
  }

  private static boolean ordered(FieldOp op, int order) {
    return switch (op) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER ->
          throw new IllegalArgumentException("no comparison: " + op);
    };
  }

  public static boolean isNumber(Value value) {
    return value instanceof Value.Int
        || value instanceof Value.Decimal
        || value instanceof Value.Duration;
  }

  /** As a decimal number, a duration in nanoseconds; NaN for what is no number. */
  public static double number(Value value) {
    return switch (value) {
      case Value.Int(long n) -> n;
      case Value.Duration(long nanos) -> nanos;
      case Value.Decimal(double n) -> n;
      default -> Double.NaN;
    };
  }

  private static long whole(Value value) {
    return value instanceof Value.Int(long n) ? n : ((Value.Duration) value).nanos();
  }

  /** By their exact values; NaN is unequal to all and below and above none. */
  private static boolean numbers(FieldOp op, Value left, Value right) {
    boolean nan = Double.isNaN(number(left)) || Double.isNaN(number(right));
    return nan ? op == FieldOp.NOT_EQUAL : ordered(op, order(left, right));
  }

  /** The order of two numbers that are not NaN, by their exact values. */
  public static int order(Value left, Value right) {
    if (left instanceof Value.Decimal(double a)) {
      return right instanceof Value.Decimal(double b)
          ? (a < b ? -1 : a > b ? 1 : 0)
          : -order(whole(right), a);
    }
    return right instanceof Value.Decimal(double b)
        ? order(whole(left), b)
        : Long.compare(whole(left), whole(right));
  }

  private static int order(long a, double b) {
    double near = a;
    if (near != b) {
      return near < b ? -1 : 1;
    }
    // Every whole number is below 2^63, though the greatest round up to it.
    return b == 0x1p63 ? -1 : Long.compare(a, (long) b);
  }

  /** False of what are no numbers, nil where the result is infinite or none. */
  private static Value arithmetic(FieldOp op, Value left, Value right) {
    if (!isNumber(left) || !isNumber(right)) {
      return Value.FALSE;
    }
    if (left instanceof Value.Int(long a) && right instanceof Value.Int(long b)) {
      return dividesByZero(op, a, b) ? Value.NIL : new Value.Int(whole(op, a, b));
    }
    double result = decimal(op, number(left), number(right));
    return Double.isFinite(result) ? new Value.Decimal(result) : Value.NIL;
  }

  private static double decimal(FieldOp op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MODULO -> a % b;
      case POWER -> Math.pow(a, b);
      default -> throw new IllegalArgumentException("no arithmetic: " + op);
    };
  }

  private static boolean dividesByZero(FieldOp op, long a, long b) {
    return switch (op) {
      case DIVIDE, MODULO -> b == 0;
      case POWER -> a == 0 && b < 0;
      default -> false;
    };
  }

  private static long whole(FieldOp op, long a, long b) {
    return switch (op) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MODULO -> a % b;
      case POWER -> power(a, b);
      default -> throw new IllegalArgumentException("no arithmetic: " + op);
    };
  }

  /** Wraps around; one divided by the power, cut to a whole number, for a negative exponent. */
  private static long power(long base, long exponent) {
    if (exponent < 0) {
      return base == 1 || (base == -1 && (exponent & 1) == 0) ? 1 : base == -1 ? -1 : 0;
    }
    long result = 1;
    long square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      result = (rest & 1) == 1 ? result * square : result;
      square *= square;
    }
    return result;
  }

  static Value negate(Value operand) {
    return switch (operand) {
      case Value.Int(long n) -> new Value.Int(-n);
      case Value.Decimal(double n) -> new Value.Decimal(-n);
      case Value.Duration(long nanos) -> new Value.Duration(-nanos);
      default -> Value.FALSE;
    };
  }

  /** False of what is no boolean. */
  static Value not(Value operand) {
    return Value.of(operand.equals(Value.FALSE));
  }
}
