package dev.sextant.promql.step;

import dev.sextant.promql.ast.BinaryOp;

/** Binary operators on two floats. */
public final class FloatArithmetic {
  private FloatArithmetic() {}

  /** The result of an arithmetic operator; {@code %} has the sign of the dividend. */
  public static double apply(BinaryOp op, double left, double right) {
    return switch (op) {
      case ADD -> left + right;
      case SUB -> left - right;
      case MUL -> left * right;
      case DIV -> left / right;
      case MOD -> left % right;
      case POW -> power(left, right);
      case ATAN2 -> Math.atan2(left, right);
      default -> throw new IllegalArgumentException(op.symbol() + " is no arithmetic operator");
    };
  }

  /** Whether a comparison holds. */
  public static boolean compare(BinaryOp op, double left, double right) {
    return switch (op) {
      case EQ -> left == right;
      case NE -> left != right;
      case LT -> left < right;
      case LE -> left <= right;
      case GT -> left > right;
      case GE -> left >= right;
      default -> throw new IllegalArgumentException(op.symbol() + " is no comparison");
    };
  }

  /**
   * As IEEE 754 has it, where Java's differs: 1 to any power is 1, −1 to an infinite power is 1.
   */
  private static double power(double base, double exponent) {
    if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
      return 1;
    }
    return Math.pow(base, exponent);
  }
}
