package dev.sextant.traceql.field;

import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.trace.model.ValueTest;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.Static;
import org.jspecify.annotations.Nullable;

/**
 * A reference compared with a constant, as stored values can be asked.
 *
 * @param operand null where no stored value satisfies it
 */
record StoredComparison(Reference reference, SpanCondition.Op op, @Nullable SpanValue operand) {
  private static final SpanValue NO_MESSAGE = SpanValue.of("");

  /** Null where the expression is another, or stored values do not tell. */
  static @Nullable StoredComparison of(FieldExpr expr) {
    return switch (expr) {
      case FieldExpr.Binary binary -> of(binary);
      case FieldExpr.Match(
              boolean negated,
              FieldExpr.Field(Reference field, var at),
              String regex,
              var place)
          when field != Intrinsic.TRACE_ID ->
          new StoredComparison(
              field,
              negated ? SpanCondition.Op.NOT_MATCHES : SpanCondition.Op.MATCHES,
              SpanValue.of(regex));
      default -> null;
    };
  }

  /** Whether it holds for a span without value, which a source would leave out. */
  boolean holdsWithoutValue() {
    return reference == Intrinsic.STATUS_MESSAGE
        && operand != null
        && ValueTest.of(op, operand).test(NO_MESSAGE);
  }

  private static @Nullable StoredComparison of(FieldExpr.Binary binary) {
    SpanCondition.Op op = op(binary.op());
    if (op == null) {
      return null;
    }
    if (binary.left() instanceof FieldExpr.Field field
        && binary.right() instanceof FieldExpr.Literal literal) {
      return of(field.reference(), op, literal.value());
    }
    if (binary.right() instanceof FieldExpr.Field field
        && binary.left() instanceof FieldExpr.Literal literal) {
      return of(field.reference(), turned(op), literal.value());
    }
    return null;
  }

  private static @Nullable StoredComparison of(
      Reference reference, SpanCondition.Op op, Static constant) {
    boolean equality = op == SpanCondition.Op.EQUAL || op == SpanCondition.Op.NOT_EQUAL;
    // Trace ids are ordered without their leading zeros, and stored with them.
    return reference == Intrinsic.TRACE_ID && !equality
        ? null
        : new StoredComparison(reference, op, Conversion.operand(reference, constant));
  }

  private static SpanCondition.@Nullable Op op(FieldOp op) {
    return switch (op) {
      case EQUAL -> SpanCondition.Op.EQUAL;
      case NOT_EQUAL -> SpanCondition.Op.NOT_EQUAL;
      case LESS -> SpanCondition.Op.LESS;
      case LESS_OR_EQUAL -> SpanCondition.Op.LESS_OR_EQUAL;
      case GREATER -> SpanCondition.Op.GREATER;
      case GREATER_OR_EQUAL -> SpanCondition.Op.GREATER_OR_EQUAL;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER -> null;
    };
  }

  /** With its sides exchanged. */
  private static SpanCondition.Op turned(SpanCondition.Op op) {
    return switch (op) {
      case LESS -> SpanCondition.Op.GREATER;
      case LESS_OR_EQUAL -> SpanCondition.Op.GREATER_OR_EQUAL;
      case GREATER -> SpanCondition.Op.LESS;
      case GREATER_OR_EQUAL -> SpanCondition.Op.LESS_OR_EQUAL;
      case EQUAL, NOT_EQUAL, MATCHES, NOT_MATCHES -> op;
    };
  }
}
