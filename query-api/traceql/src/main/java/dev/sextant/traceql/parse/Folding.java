package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.FieldExpr.UnaryOp;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Static;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Operators between constants. Whole numbers stay whole and wrap around; a duration computed with
 * anything is a float of nanoseconds.
 */
final class Folding {
  private Folding() {}

  /** The result of an operator that fits the operand's type. */
  static Static unary(UnaryOp op, Static operand) {
    return switch (operand) {
      case Static.Int i when op == UnaryOp.NEGATE -> new Static.Int(-i.value());
      case Static.Float f when op == UnaryOp.NEGATE -> new Static.Float(-f.value());
      case Static.Duration d when op == UnaryOp.NEGATE -> new Static.Duration(-d.nanos());
      case Static.Bool b when op == UnaryOp.NOT -> new Static.Bool(!b.value());
      default -> throw new IllegalArgumentException(op + " does not fit " + operand);
    };
  }

  /**
   * The result of an operator that fits the operands' types; null where it is infinite or no
   * number, which no constant is.
   *
   * @throws ArithmeticException for a whole number divided by 0
   */
  static @Nullable Static binary(FieldOp op, Static left, Static right) {
    if (op.kind() == FieldOp.Kind.COMPARISON) {
      return new Static.Bool(compare(op, left, right));
    }
    if (left instanceof Static.Int a && right instanceof Static.Int b) {
      return new Static.Int(whole(op, a.value(), b.value()));
    }
    double value = decimal(op, number(left), number(right));
    return Double.isFinite(value) ? new Static.Float(value) : null;
  }

  private static boolean compare(FieldOp op, Static left, Static right) {
    if (!left.type().isNumeric() && !(left instanceof Static.Text)) {
      return left.equals(right) == (op == FieldOp.EQUAL);
    }
    if (left instanceof Static.Float || right instanceof Static.Float) {
      return compare(op, number(left), number(right));
    }
    int order =
        left instanceof Static.Text a && right instanceof Static.Text b
            ? Arrays.compareUnsigned(utf8(a), utf8(b))
            : Long.compare(whole(left), whole(right));
    return compare(op, order, 0);
  }

  private static boolean compare(FieldOp op, double left, double right) {
    return switch (op) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      case GREATER -> left > right;
      case GREATER_OR_EQUAL -> left >= right;
      default -> throw new IllegalArgumentException("no comparison: " + op);
    };
  }

  private static byte[] utf8(Static.Text text) {
    return text.value().getBytes(StandardCharsets.UTF_8);
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

  private static long power(long base, long exponent) {
    if (exponent < 0) {
      return inverse(base, exponent);
    }
    long result = 1;
    long square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }

  /** One divided by the power, cut to a whole number. */
  private static long inverse(long base, long exponent) {
    if (base == 0) {
      throw new ArithmeticException("division by zero");
    }
    if (base == 1 || base == -1) {
      return (exponent & 1) == 1 ? base : 1;
    }
    return 0;
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

  private static long whole(Static value) {
    return switch (value) {
      case Static.Int i -> i.value();
      case Static.Duration d -> d.nanos();
      default -> throw new IllegalArgumentException("no whole number: " + value);
    };
  }

  /** A number as a decimal one, a duration as its nanoseconds. */
  static double number(Static value) {
    return value instanceof Static.Float f ? f.value() : whole(value);
  }
}
