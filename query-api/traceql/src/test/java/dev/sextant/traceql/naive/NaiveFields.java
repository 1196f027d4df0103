package dev.sextant.traceql.naive;

import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanOracle;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.Static;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Field expressions read literally, a span at a time. An expression has as many values as the
 * events or links it refers to, others one.
 */
final class NaiveFields {
  private final SpanOracle spans;

  NaiveFields(SpanOracle spans) {
    this.spans = spans;
  }

  boolean isTrue(FieldExpr expr, int span) {
    return eval(expr, span).contains(Value.TRUE);
  }

  /** The first that is not nil. */
  Value one(FieldExpr expr, int span) {
    return eval(expr, span).stream()
        .filter(v -> !v.equals(Value.NIL))
        .findFirst()
        .orElse(Value.NIL);
  }

  List<Value> eval(FieldExpr expr, int span) {
    return switch (expr) {
      case FieldExpr.Literal literal -> List.of(constant(literal.value()));
      case FieldExpr.Field field -> reference(field.reference(), span);
      case FieldExpr.Unary unary ->
          eval(unary.operand(), span).stream().map(v -> unary(unary.op(), v)).toList();
      case FieldExpr.Logical logical -> List.of(logical(logical, span));
      case FieldExpr.Binary binary -> binary(binary, span);
      case FieldExpr.Match match ->
          List.of(
              Value.of(
                  eval(match.operand(), span).stream()
                      .anyMatch(v -> matches(v, match.regex(), match.negated()))));
      case FieldExpr.Presence presence ->
          List.of(
              Value.of(
                  eval(presence.operand(), span).stream()
                      .anyMatch(v -> !v.equals(Value.NIL) == presence.present())));
    };
  }

  private static Value constant(Static value) {
    return switch (value) {
      case Static.Int i -> new Value.Int(i.value());
      case Static.Float f -> new Value.Decimal(f.value());
      case Static.Duration d -> new Value.Duration(d.nanos());
      case Static.Text t -> new Value.Text(t.value());
      case Static.Bool b -> new Value.Bool(b.value());
      case Static.Status s -> new Value.Status(s);
      case Static.Kind k -> new Value.Kind(k);
      case Static.Nil n -> Value.NIL;
    };
  }

  /** Unscoped: span, resource, event, link, instrumentation; the first place that has it. */
  List<Value> reference(Reference reference, int span) {
    if (reference instanceof Attribute(Attribute.Scope scope, String name)
        && scope == Attribute.Scope.ANY) {
      for (SpanField.Scope place : SpanField.Scope.values()) {
        List<Value> found =
            values(reference, new SpanField.Attribute(place, name), span).stream()
                .filter(v -> !v.equals(Value.NIL))
                .toList();
        if (!found.isEmpty()) {
          return found;
        }
      }
      return List.of(Value.NIL);
    }
    return values(reference, reference.fields().getFirst(), span);
  }

  private List<Value> values(Reference reference, SpanField field, int span) {
    List<Value> values = new ArrayList<>();
    for (SpanValue value : spans.values(span, field)) {
      Value none = reference == Intrinsic.STATUS_MESSAGE ? new Value.Text("") : Value.NIL;
      values.add(value == null ? none : value(reference, value));
    }
    return values;
  }

  private static Value value(Reference reference, SpanValue value) {
    return switch (value) {
      case SpanValue.Text(String text) when reference == Intrinsic.TRACE_ID ->
          new Value.Text(text.replaceFirst("^0+(?=.)", ""));
      case SpanValue.Text(String text) -> new Value.Text(text);
      case SpanValue.Int(long n) when reference == Intrinsic.STATUS ->
          new Value.Status(
              n == 0 ? Static.Status.UNSET : n == 1 ? Static.Status.OK : Static.Status.ERROR);
      case SpanValue.Int(long n) when reference == Intrinsic.KIND ->
          new Value.Kind(Static.Kind.values()[(int) n]);
      case SpanValue.Int(long n)
          when reference == Intrinsic.DURATION
              || reference == Intrinsic.TRACE_DURATION
              || reference == Intrinsic.EVENT_TIME_SINCE_START ->
          new Value.Duration(n);
      case SpanValue.Int(long n) -> new Value.Int(n);
      case SpanValue.Decimal(double d) -> new Value.Decimal(d);
      case SpanValue.Bool(boolean b) -> new Value.Bool(b);
      case SpanValue.Array(List<SpanValue> list) ->
          new Value.Array(list.stream().map(v -> value(reference, v)).toList());
      case SpanValue.Other(String text) -> new Value.Other(text);
    };
  }

  private static Value unary(FieldExpr.UnaryOp op, Value value) {
    if (op == FieldExpr.UnaryOp.NOT) {
      return new Value.Bool(value instanceof Value.Bool(boolean b) && !b);
    }
    return switch (value) {
      case Value.Int(long n) -> new Value.Int(-n);
      case Value.Decimal(double d) -> new Value.Decimal(-d);
      case Value.Duration(long n) -> new Value.Duration(-n);
      default -> Value.FALSE;
    };
  }

  private Value logical(FieldExpr.Logical logical, int span) {
    Value left = logicalSide(logical.operands().getFirst(), span);
    for (FieldExpr operand : logical.operands().subList(1, logical.operands().size())) {
      if (left.equals(Value.of(logical.op() == LogicalOp.OR))) {
        continue;
      }
      Value right = logicalSide(operand, span);
      boolean both = left instanceof Value.Bool && right instanceof Value.Bool;
      left = both ? right : Value.FALSE;
    }
    return left;
  }

  private Value logicalSide(FieldExpr operand, int span) {
    return isTrue(operand, span) ? Value.TRUE : one(operand, span);
  }

  private static boolean matches(Value value, String regex, boolean negated) {
    if (value instanceof Value.Array(List<Value> elements)) {
      return negated
          ? !elements.isEmpty() && elements.stream().allMatch(e -> matches(e, regex, true))
          : elements.stream().anyMatch(e -> matches(e, regex, false));
    }
    return value instanceof Value.Text(String text)
        && Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches() != negated;
  }

  private List<Value> binary(FieldExpr.Binary binary, int span) {
    boolean comparison = binary.op().kind() == FieldOp.Kind.COMPARISON;
    List<Value> results = new ArrayList<>();
    for (Value left : eval(binary.left(), span)) {
      for (Value right : eval(binary.right(), span)) {
        results.add(
            comparison
                ? Value.of(
                    compare(
                        binary.op(),
                        trimmed(left, binary.left(), binary.right()),
                        trimmed(right, binary.right(), binary.left())))
                : arithmetic(binary.op(), left, right));
      }
    }
    return comparison ? List.of(Value.of(results.contains(Value.TRUE))) : results;
  }

  /** Literals beside a trace id lose their leading zeros. */
  private static Value trimmed(Value value, FieldExpr side, FieldExpr other) {
    return side instanceof FieldExpr.Literal
            && value instanceof Value.Text(String text)
            && other instanceof FieldExpr.Field field
            && field.reference() == Intrinsic.TRACE_ID
        ? new Value.Text(text.replaceFirst("^0+(?=.)", ""))
        : value;
  }

  static boolean compare(FieldOp op, Value left, Value right) {
    if (left instanceof Value.Array(List<Value> elements)) {
      if (right instanceof Value.Array) {
        return false;
      }
      return op == FieldOp.NOT_EQUAL
          ? !elements.isEmpty() && elements.stream().allMatch(e -> compare(op, e, right))
          : elements.stream().anyMatch(e -> compare(op, e, right));
    }
    if (right instanceof Value.Array(List<Value> elements)) {
      return op == FieldOp.NOT_EQUAL
          ? !elements.isEmpty() && elements.stream().allMatch(e -> compare(op, left, e))
          : elements.stream().anyMatch(e -> compare(op, left, e));
    }
    if (left.equals(Value.NIL) || right.equals(Value.NIL)) {
      return false;
    }
    if (number(left) != null && number(right) != null) {
      return ordered(op, number(left).compareTo(number(right)));
    }
    if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
      return ordered(
          op,
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
    }
    boolean equatable =
        left.getClass() == right.getClass()
            && (left instanceof Value.Bool
                || left instanceof Value.Status
                || left instanceof Value.Kind);
    return equatable
        && (op == FieldOp.EQUAL
            ? left.equals(right)
            : op == FieldOp.NOT_EQUAL && !left.equals(right));
  }

  private static boolean ordered(FieldOp op, int order) {
    return switch (op) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      default -> throw new IllegalArgumentException();
    };
  }

  static BigDecimal number(Value value) {
    return switch (value) {
      case Value.Int(long n) -> BigDecimal.valueOf(n);
      case Value.Duration(long n) -> BigDecimal.valueOf(n);
      case Value.Decimal(double d) when Double.isFinite(d) -> new BigDecimal(d);
      default -> null;
    };
  }

  private static Value arithmetic(FieldOp op, Value left, Value right) {
    if (number(left) == null || number(right) == null) {
      return Value.FALSE;
    }
    if (left instanceof Value.Int(long a) && right instanceof Value.Int(long b)) {
      boolean byZero =
          op == FieldOp.POWER
              ? a == 0 && b < 0
              : b == 0 && (op == FieldOp.DIVIDE || op == FieldOp.MODULO);
      if (byZero) {
        return Value.NIL;
      }
      return new Value.Int(
          switch (op) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MODULO -> a % b;
            case POWER -> power(a, b);
            default -> throw new IllegalArgumentException();
          });
    }
    double a = number(left).doubleValue();
    double b = number(right).doubleValue();
    double result =
        switch (op) {
          case ADD -> a + b;
          case SUBTRACT -> a - b;
          case MULTIPLY -> a * b;
          case DIVIDE -> a / b;
          case MODULO -> a % b;
          case POWER -> Math.pow(a, b);
          default -> throw new IllegalArgumentException();
        };
    return Double.isFinite(result) ? new Value.Decimal(result) : Value.NIL;
  }

  private static long power(long base, long exponent) {
    if (exponent < 0) {
      return (long) Math.pow(base, exponent);
    }
    return BigInteger.valueOf(base)
        .modPow(BigInteger.valueOf(exponent), BigInteger.ONE.shiftLeft(64))
        .longValue();
  }
}
