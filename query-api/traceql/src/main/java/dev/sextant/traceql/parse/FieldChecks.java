package dev.sextant.traceql.parse;

import dev.sextant.trace.model.TextRegex;
import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldExpr.Literal;
import dev.sextant.traceql.ast.FieldExpr.UnaryOp;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.ast.ValueType;
import dev.sextant.traceql.print.FieldPrinter;
import dev.sextant.traceql.print.StaticText;
import java.util.function.Supplier;

/** Builds the nodes of field expressions: checks their operands' types and folds constants. */
final class FieldChecks {
  private static final String MISMATCH = "binary operations must operate on the same type: ";
  private static final String ILLEGAL = "illegal operation for the given types: ";

  private final int maxRegexInstructions;
  private final Faults faults;

  /** Of all regular expressions so far. */
  private long instructions;

  FieldChecks(int maxRegexInstructions, Faults faults) {
    this.maxRegexInstructions = maxRegexInstructions;
    this.faults = faults;
  }

  FieldExpr unary(UnaryOp op, FieldExpr operand, Place place) {
    FieldExpr.Unary unary = new FieldExpr.Unary(op, operand, place);
    ValueType type = operand.type();
    boolean fits = op == UnaryOp.NEGATE ? type.isNumeric() : type == ValueType.BOOL;
    if (!fits && type != ValueType.DYNAMIC) {
      return fault(unary, "illegal operation for the given type: ");
    }
    return operand instanceof Literal literal
        ? new Literal(Folding.unary(op, literal.value()), place)
        : unary;
  }

  /**
   * Whether two types may stand on the sides of {@code &&} and {@code ||}; reports where not.
   *
   * @param expr the operation, asked for where it is reported
   */
  boolean conditions(ValueType left, ValueType right, Place place, Supplier<FieldExpr> expr) {
    if (!matching(left, right)) {
      fault(place, MISMATCH, expr);
      return false;
    }
    if (!isCondition(left) || !isCondition(right)) {
      fault(place, ILLEGAL, expr);
      return false;
    }
    return true;
  }

  private static boolean isCondition(ValueType type) {
    return type == ValueType.BOOL || type == ValueType.DYNAMIC;
  }

  FieldExpr binary(FieldOp op, FieldExpr left, FieldExpr right, Place place) {
    FieldExpr.Binary binary = new FieldExpr.Binary(op, left, right, place);
    if (!matching(left.type(), right.type())) {
      return fault(binary, MISMATCH);
    }
    boolean equality = op == FieldOp.EQUAL || op == FieldOp.NOT_EQUAL;
    if (equality && (isNil(left) || isNil(right))) {
      return presence(op == FieldOp.NOT_EQUAL, isNil(left) ? right : left, place);
    }
    if (!fits(op, left.type()) || !fits(op, right.type())) {
      return fault(binary, ILLEGAL);
    }
    return left instanceof Literal a && right instanceof Literal b ? folded(binary, a, b) : binary;
  }

  private FieldExpr folded(FieldExpr.Binary binary, Literal left, Literal right) {
    try {
      Static value = Folding.binary(binary.op(), left.value(), right.value());
      return value == null ? binary : new Literal(value, binary.place());
    } catch (ArithmeticException e) {
      return fault(binary, "division by zero: ");
    }
  }

  private static boolean isNil(FieldExpr expr) {
    return expr instanceof Literal literal && literal.value() instanceof Static.Nil;
  }

  private FieldExpr presence(boolean present, FieldExpr operand, Place place) {
    FieldExpr.Presence presence = new FieldExpr.Presence(present, operand, place);
    if (operand instanceof Literal literal) {
      // Neither nil = nil nor nil != nil holds.
      boolean nil = literal.value() instanceof Static.Nil;
      return new Literal(new Static.Bool(present && !nil), place);
    }
    if (!present && operand instanceof FieldExpr.Field field && neverNil(field.reference())) {
      String what =
          field.reference() instanceof Intrinsic ? "intrinsics" : field.reference().text();
      faults.report(
          place, field.reference().text() + "=nil is not valid because " + what + " cannot be nil");
    }
    return presence;
  }

  private static boolean neverNil(Reference reference) {
    return reference instanceof Intrinsic || reference.equals(Attribute.SERVICE_NAME);
  }

  FieldExpr match(boolean negated, FieldExpr left, FieldExpr right, Place place) {
    String regex =
        right instanceof Literal literal && literal.value() instanceof Static.Text text
            ? text.value()
            : "";
    FieldExpr.Match match = new FieldExpr.Match(negated, left, regex, place);
    Supplier<String> text =
        () -> FieldPrinter.print(left) + (negated ? " !~ " : " =~ ") + FieldPrinter.print(right);
    if (!matching(left.type(), right.type())) {
      faults.report(place, () -> MISMATCH + text.get());
    } else if (!isText(left.type()) || !isText(right.type())) {
      faults.report(place, () -> ILLEGAL + text.get());
    } else if (!(right instanceof Literal)) {
      faults.report(right.place(), () -> "invalid type for =~ or !~: " + FieldPrinter.print(right));
    } else {
      return compiled(match, right.place());
    }
    return match;
  }

  private FieldExpr compiled(FieldExpr.Match match, Place place) {
    TextRegex regex;
    try {
      regex = TextRegex.compile(match.regex(), maxRegexInstructions - instructions);
    } catch (TextRegex.TooLargeException e) {
      invalid(
          match,
          place,
          "the query's expressions compile to more than %d instructions with it; use fewer or simpler ones, or raise traces.query.max-regex-instructions"
              .formatted(maxRegexInstructions));
      return match;
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage()).replace("error parsing regexp: ", "");
      invalid(match, place, why);
      return match;
    }
    instructions += regex.instructions();
    if (match.operand() instanceof Literal literal && literal.value() instanceof Static.Text text) {
      boolean matches = regex.matches(text.value());
      return new Literal(new Static.Bool(matches != match.negated()), match.place());
    }
    return match;
  }

  private void invalid(FieldExpr.Match match, Place place, String why) {
    faults.report(
        place,
        () -> "invalid regex: " + StaticText.of(new Static.Text(match.regex())) + ": " + why);
  }

  private static boolean isText(ValueType type) {
    return type == ValueType.STRING || type == ValueType.DYNAMIC;
  }

  /** Whether one can ever be what the other is. */
  private static boolean matching(ValueType left, ValueType right) {
    return left == right
        || (left.isNumeric() && right.isNumeric())
        || isAnything(left)
        || isAnything(right);
  }

  private static boolean isAnything(ValueType type) {
    return type == ValueType.DYNAMIC || type == ValueType.NIL;
  }

  private static boolean fits(FieldOp op, ValueType type) {
    boolean equality = op == FieldOp.EQUAL || op == FieldOp.NOT_EQUAL;
    return switch (type) {
      case DYNAMIC, INT, FLOAT, DURATION -> true;
      case STRING -> op.kind() == FieldOp.Kind.COMPARISON;
      case BOOL, STATUS, KIND, NIL -> equality;
    };
  }

  /** Of a reference to the parent span. */
  void parent(Place place) {
    faults.report(place, "parent not yet supported");
  }

  private FieldExpr fault(FieldExpr expr, String message) {
    fault(expr.place(), message, () -> expr);
    return expr;
  }

  private void fault(Place place, String message, Supplier<FieldExpr> expr) {
    faults.report(place, () -> message + FieldPrinter.print(expr.get()));
  }
}
