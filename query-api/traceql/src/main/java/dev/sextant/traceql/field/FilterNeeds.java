package dev.sextant.traceql.field;

import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;

/** What must hold for a span for which a filter is true, as far as a source can tell. */
final class FilterNeeds {
  private static final SpanCondition NEVER = new SpanCondition.Or(List.of());

  private final boolean unfinished;

  /**
   * @param unfinished whether what has no constant beside a reference yet may still get one, and so
   *     tells nothing
   */
  FilterNeeds(boolean unfinished) {
    this.unfinished = unfinished;
  }

  SpanCondition of(FieldExpr condition) {
    return switch (condition) {
      case FieldExpr.Literal literal ->
          literal.value().equals(Static.TRUE) ? SpanCondition.ALL : NEVER;
      case FieldExpr.Field field ->
          unfinished
              ? SpanCondition.ALL
              : compared(
                  new StoredComparison(
                      field.reference(), SpanCondition.Op.EQUAL, SpanValue.of(true)));
      case FieldExpr.Unary unary -> SpanCondition.ALL;
      case FieldExpr.Logical logical -> of(logical);
      case FieldExpr.Binary binary -> of(binary);
      case FieldExpr.Match match -> of(match);
      case FieldExpr.Presence presence ->
          presence.present() && presence.operand() instanceof FieldExpr.Field field
              ? present(field.reference())
              : SpanCondition.ALL;
    };
  }

  private SpanCondition of(FieldExpr.Logical logical) {
    List<SpanCondition> parts = new ArrayList<>();
    for (FieldExpr operand : logical.operands()) {
      SpanCondition part = of(operand);
      if (!part.equals(SpanCondition.ALL)) {
        parts.add(part);
      } else if (logical.op() == LogicalOp.OR) {
        return SpanCondition.ALL;
      }
    }
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    return logical.op() == LogicalOp.AND
        ? new SpanCondition.And(parts)
        : new SpanCondition.Or(parts);
  }

  private SpanCondition of(FieldExpr.Binary binary) {
    StoredComparison comparison = StoredComparison.of(binary);
    if (comparison != null) {
      return compared(comparison);
    }
    if (unfinished || binary.op().kind() != FieldOp.Kind.COMPARISON) {
      return SpanCondition.ALL;
    }
    List<SpanCondition> parts = new ArrayList<>();
    present(binary.left(), binary.right(), parts);
    present(binary.right(), binary.left(), parts);
    parts.removeIf(SpanCondition.ALL::equals);
    return parts.size() == 1 ? parts.getFirst() : new SpanCondition.And(parts);
  }

  private SpanCondition of(FieldExpr.Match match) {
    StoredComparison comparison = StoredComparison.of(match);
    if (comparison != null) {
      return compared(comparison);
    }
    return !unfinished && match.operand() instanceof FieldExpr.Field field
        ? present(field.reference())
        : SpanCondition.ALL;
  }

  private SpanCondition compared(StoredComparison comparison) {
    SpanValue operand = comparison.operand();
    if (operand == null) {
      return unfinished ? SpanCondition.ALL : NEVER;
    }
    if (comparison.holdsWithoutValue()) {
      return SpanCondition.ALL;
    }
    List<SpanCondition> parts = new ArrayList<>();
    for (SpanField field : comparison.reference().fields()) {
      parts.add(new SpanCondition.Compare(field, comparison.op(), operand));
    }
    return some(parts);
  }

  /**
   * Adds the references of one side of a comparison that must be there for it to hold. Arithmetic
   * with nil is false, which a number on the other side never equals.
   */
  private static void present(FieldExpr side, FieldExpr other, List<SpanCondition> parts) {
    if (side instanceof FieldExpr.Field field) {
      parts.add(present(field.reference()));
    } else if (isNumber(other)) {
      operands(side, parts);
    }
  }

  /** Whether it is a number or nil for every span. */
  private static boolean isNumber(FieldExpr expr) {
    return switch (expr) {
      case FieldExpr.Literal literal -> literal.type().isNumeric();
      case FieldExpr.Field field -> field.type().isNumeric();
      default -> false;
    };
  }

  private static void operands(FieldExpr expr, List<SpanCondition> parts) {
    switch (expr) {
      case FieldExpr.Field field -> parts.add(present(field.reference()));
      case FieldExpr.Binary binary when binary.op().kind() == FieldOp.Kind.ARITHMETIC -> {
        operands(binary.left(), parts);
        operands(binary.right(), parts);
      }
      case FieldExpr.Unary unary when unary.op() == FieldExpr.UnaryOp.NEGATE ->
          operands(unary.operand(), parts);
      default -> {}
    }
  }

  private static SpanCondition present(Reference reference) {
    return reference == Intrinsic.STATUS_MESSAGE
        ? SpanCondition.ALL
        : some(reference.fields().stream().map(SpanCondition.Present::new).toList());
  }

  private static SpanCondition some(List<? extends SpanCondition> parts) {
    return parts.size() == 1 ? parts.getFirst() : new SpanCondition.Or(List.copyOf(parts));
  }
}
