package dev.sextant.traceql.field;

import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Comparison;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.Static;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between what is stored, what queries write and what they compute. */
public final class Conversion {
  private Conversion() {}

  /** A stored value of a reference as the language sees it. */
  public static Value value(Reference reference, @Nullable SpanValue stored) {
    if (stored == null) {
      return Value.NIL;
    }
    if (reference instanceof Intrinsic intrinsic) {
      return intrinsic(intrinsic, stored);
    }
    return plain(stored);
  }

  private static Value intrinsic(Intrinsic intrinsic, SpanValue stored) {
    if (intrinsic == Intrinsic.TRACE_ID && stored instanceof SpanValue.Text(String id)) {
      return new Value.Text(withoutLeadingZeros(id));
    }
    if (!(stored instanceof SpanValue.Int(long number))) {
      return plain(stored);
    }
    return switch (intrinsic.type()) {
      case DURATION -> new Value.Duration(number);
      case STATUS -> new Value.Status(status(number));
      case KIND -> new Value.Kind(kind(number));
      default -> new Value.Int(number);
    };
  }

  private static Value plain(SpanValue stored) {
    return switch (stored) {
      case SpanValue.Text(String text) -> new Value.Text(text);
      case SpanValue.Int(long number) -> new Value.Int(number);
      case SpanValue.Decimal(double number) -> new Value.Decimal(number);
      case SpanValue.Bool(boolean bool) -> Value.of(bool);
      case SpanValue.Array(List<SpanValue> values) ->
          new Value.Array(values.stream().map(Conversion::plain).toList());
      case SpanValue.Other(String text) -> new Value.Other(text);
    };
  }

  private static Static.Status status(long code) {
    return code == 2 ? Static.Status.ERROR : code == 1 ? Static.Status.OK : Static.Status.UNSET;
  }

  private static Static.Kind kind(long code) {
    Static.Kind[] kinds = Static.Kind.values();
    return code > 0 && code < kinds.length ? kinds[(int) code] : Static.Kind.UNSPECIFIED;
  }

  /** At least one digit stays. */
  static String withoutLeadingZeros(String id) {
    int from = 0;
    while (from < id.length() - 1 && id.charAt(from) == '0') {
      from++;
    }
    return id.substring(from);
  }

  public static FieldOp operator(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> FieldOp.EQUAL;
      case NOT_EQUAL -> FieldOp.NOT_EQUAL;
      case LESS -> FieldOp.LESS;
      case LESS_OR_EQUAL -> FieldOp.LESS_OR_EQUAL;
      case GREATER -> FieldOp.GREATER;
      case GREATER_OR_EQUAL -> FieldOp.GREATER_OR_EQUAL;
    };
  }

  /** A constant as expressions compute with it. */
  public static Value value(Static constant) {
    return switch (constant) {
      case Static.Int(long value) -> new Value.Int(value);
      case Static.Float(double value) -> new Value.Decimal(value);
      case Static.Duration(long nanos) -> new Value.Duration(nanos);
      case Static.Text(String value) -> new Value.Text(value);
      case Static.Bool(boolean value) -> Value.of(value);
      case Static.Status status -> new Value.Status(status);
      case Static.Kind kind -> new Value.Kind(kind);
      case Static.Nil nil -> Value.NIL;
    };
  }

  /**
   * What stored values of a reference are compared with in place of a constant; null where none of
   * them is ever equal to, below or above it.
   */
  static @Nullable SpanValue operand(Reference reference, Static constant) {
    return switch (constant) {
      case Static.Int(long value) -> SpanValue.of(value);
      case Static.Float(double value) -> SpanValue.of(value);
      case Static.Duration(long nanos) -> SpanValue.of(nanos);
      case Static.Text(String value) ->
          SpanValue.of(reference == Intrinsic.TRACE_ID ? padded(value) : value);
      case Static.Bool(boolean value) -> SpanValue.of(value);
      case Static.Status status ->
          reference == Intrinsic.STATUS ? SpanValue.of((long) status.code()) : null;
      case Static.Kind kind ->
          reference == Intrinsic.KIND ? SpanValue.of((long) kind.code()) : null;
      case Static.Nil nil -> null;
    };
  }

  /** A trace id's 32 digits, however many zeros it was written with. */
  private static String padded(String id) {
    String digits = withoutLeadingZeros(id);
    return "0".repeat(Math.max(0, 32 - digits.length())) + digits;
  }
}
