package dev.sextant.traceql.parse;

import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldExpr.Literal;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Filters as conditions that a source of spans understands. What it does not is null, which stands
 * for true.
 */
final class FilterConditions {
  private static final int TRACE_ID_DIGITS = 32;

  private FilterConditions() {}

  static @Nullable SpanCondition of(FieldExpr expr) {
    return switch (expr) {
      case Literal literal ->
          literal.value().equals(Static.FALSE) ? new SpanCondition.Or(List.of()) : null;
      case FieldExpr.Logical logical ->
          logical.op() == LogicalOp.AND ? all(logical.operands()) : any(logical.operands());
      case FieldExpr.Binary binary -> comparison(binary);
      case FieldExpr.Match match -> match(match);
      case FieldExpr.Presence presence ->
          presence.present() && presence.operand() instanceof FieldExpr.Field field
              ? anywhere(field.reference(), SpanCondition.Present::new)
              : null;
      case FieldExpr.Field field -> null;
      case FieldExpr.Unary unary -> null;
    };
  }

  private static @Nullable SpanCondition all(List<FieldExpr> operands) {
    List<SpanCondition> parts = new ArrayList<>();
    for (FieldExpr operand : operands) {
      SpanCondition part = of(operand);
      if (part != null) {
        parts.add(part);
      }
    }
    return parts.isEmpty()
        ? null
        : parts.size() == 1 ? parts.getFirst() : new SpanCondition.And(parts);
  }

  private static @Nullable SpanCondition any(List<FieldExpr> operands) {
    List<SpanCondition> parts = new ArrayList<>();
    for (FieldExpr operand : operands) {
      SpanCondition part = of(operand);
      if (part == null) {
        return null;
      }
      parts.add(part);
    }
    return new SpanCondition.Or(parts);
  }

  private static @Nullable SpanCondition comparison(FieldExpr.Binary binary) {
    FieldExpr left = binary.left();
    FieldExpr right = binary.right();
    SpanCondition.Op op = op(binary.op(), left instanceof Literal);
    if (op == null) {
      return null;
    }
    if (left instanceof FieldExpr.Field field && right instanceof Literal literal) {
      return compared(field.reference(), op, literal.value());
    }
    if (left instanceof Literal literal && right instanceof FieldExpr.Field field) {
      return compared(field.reference(), op, literal.value());
    }
    return null;
  }

  /**
   * @param turned whether the field stands on the right
   */
  private static SpanCondition.@Nullable Op op(FieldOp op, boolean turned) {
    return switch (op) {
      case EQUAL -> SpanCondition.Op.EQUAL;
      case NOT_EQUAL -> SpanCondition.Op.NOT_EQUAL;
      case LESS -> turned ? SpanCondition.Op.GREATER : SpanCondition.Op.LESS;
      case LESS_OR_EQUAL ->
          turned ? SpanCondition.Op.GREATER_OR_EQUAL : SpanCondition.Op.LESS_OR_EQUAL;
      case GREATER -> turned ? SpanCondition.Op.LESS : SpanCondition.Op.GREATER;
      case GREATER_OR_EQUAL ->
          turned ? SpanCondition.Op.LESS_OR_EQUAL : SpanCondition.Op.GREATER_OR_EQUAL;
      default -> null;
    };
  }

  private static @Nullable SpanCondition compared(
      Reference reference, SpanCondition.Op op, Static value) {
    SpanValue operand = value(reference, value);
    return operand == null
        ? null
        : anywhere(reference, field -> new SpanCondition.Compare(field, op, operand));
  }

  /** Null for what no attribute is. */
  private static @Nullable SpanValue value(Reference reference, Static value) {
    return switch (value) {
      case Static.Text text when reference == Intrinsic.TRACE_ID ->
          SpanValue.of(traceId(text.value()));
      case Static.Text text -> SpanValue.of(text.value());
      case Static.Int number -> SpanValue.of(number.value());
      case Static.Float number -> SpanValue.of(number.value());
      case Static.Duration duration -> SpanValue.of(duration.nanos());
      case Static.Bool bool -> SpanValue.of(bool.value());
      case Static.Status status ->
          reference == Intrinsic.STATUS ? SpanValue.of((long) status.code()) : null;
      case Static.Kind kind ->
          reference == Intrinsic.KIND ? SpanValue.of((long) kind.code()) : null;
      case Static.Nil nil -> null;
    };
  }

  /** Trace ids are compared without the zeros in front. */
  private static String traceId(String text) {
    String digits = text.toLowerCase(Locale.ROOT).replaceFirst("^0+", "");
    return "0".repeat(Math.max(0, TRACE_ID_DIGITS - digits.length())) + digits;
  }

  private static @Nullable SpanCondition match(FieldExpr.Match match) {
    SpanCondition.Op op = match.negated() ? SpanCondition.Op.NOT_MATCHES : SpanCondition.Op.MATCHES;
    return match.operand() instanceof FieldExpr.Field field
        ? anywhere(
            field.reference(), at -> new SpanCondition.Compare(at, op, SpanValue.of(match.regex())))
        : null;
  }

  private static SpanCondition anywhere(
      Reference reference, Function<SpanField, SpanCondition> condition) {
    List<SpanCondition> parts = reference.fields().stream().map(condition).toList();
    return parts.size() == 1 ? parts.getFirst() : new SpanCondition.Or(parts);
  }
}
