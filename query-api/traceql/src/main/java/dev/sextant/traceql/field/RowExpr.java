package dev.sextant.traceql.field;

import dev.sextant.trace.model.TextRegex;
import dev.sextant.traceql.TraceQlException;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldExpr.UnaryOp;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.print.FieldPrinter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Any expression bound to a batch, evaluated a row at a time. What refers to events or links has a
 * value for each; operators then apply to every combination, and a condition holds where some
 * combination satisfies it. For one thread.
 */
public abstract class RowExpr {
  private RowExpr() {}

  public static RowExpr bind(FieldExpr expr, Columns columns) {
    return switch (expr) {
      case FieldExpr.Literal literal -> new Constant(Conversion.value(literal.value()));
      case FieldExpr.Field field ->
          new Field(
              new ReferenceValues(field.reference(), columns),
              ReferenceValues.isMany(field.reference()));
      case FieldExpr.Unary unary -> new Unary(unary, bind(unary.operand(), columns));
      case FieldExpr.Logical logical ->
          new Logical(
              logical.op(),
              logical.operands().stream().map(operand -> bind(operand, columns)).toList());
      case FieldExpr.Binary binary ->
          new Binary(
              binary,
              operand(binary.left(), binary.right(), columns),
              operand(binary.right(), binary.left(), columns),
              columns.maxCombinations());
      case FieldExpr.Match match -> new Match(match, bind(match.operand(), columns));
      case FieldExpr.Presence presence ->
          new Presence(presence.present(), bind(presence.operand(), columns));
    };
  }

  /** One side of an operator; a constant beside a trace id loses its leading zeros. */
  private static RowExpr operand(FieldExpr side, FieldExpr other, Columns columns) {
    return side instanceof FieldExpr.Literal(Static.Text(String text), Place place)
            && other instanceof FieldExpr.Field(Reference reference, Place at)
            && reference == Intrinsic.TRACE_ID
        ? new Constant(new Value.Text(Conversion.withoutLeadingZeros(text)))
        : bind(side, columns);
  }

  /** The value; of several the first that is not nil. */
  public Value value(int row) {
    for (Value value : values(row)) {
      if (value != Value.NIL) {
        return value;
      }
    }
    return Value.NIL;
  }

  /** Whether it is true, of several some. */
  public boolean isTrue(int row) {
    if (!isMany()) {
      return value(row).equals(Value.TRUE);
    }
    for (Value value : values(row)) {
      if (value.equals(Value.TRUE)) {
        return true;
      }
    }
    return false;
  }

  /** All values. */
  abstract List<Value> values(int row);

  /** Whether there may be more than one. */
  abstract boolean isMany();

  /** What gives one value for each row. */
  private abstract static class Single extends RowExpr {
    @Override
    public abstract Value value(int row);

    @Override
    List<Value> values(int row) {
      return List.of(value(row));
    }

    @Override
    boolean isMany() {
      return false;
    }
  }

  private static final class Constant extends Single {
    private final Value value;

    Constant(Value value) {
      this.value = value;
    }

    @Override
    public Value value(int row) {
      return value;
    }
  }

  private static final class Field extends RowExpr {
    private final ReferenceValues values;
    private final boolean many;

    Field(ReferenceValues values, boolean many) {
      this.values = values;
      this.many = many;
    }

    @Override
    public Value value(int row) {
      return values.first(row);
    }

    @Override
    List<Value> values(int row) {
      return values.all(row);
    }

    @Override
    boolean isMany() {
      return many;
    }
  }

  private static final class Unary extends RowExpr {
    private final FieldExpr.Unary expr;
    private final RowExpr operand;

    Unary(FieldExpr.Unary expr, RowExpr operand) {
      this.expr = expr;
      this.operand = operand;
    }

    private Value apply(Value value) {
      return expr.op() == UnaryOp.NOT ? Operators.not(value) : Operators.negate(value);
    }

    @Override
    public Value value(int row) {
      return operand.isMany() ? super.value(row) : apply(operand.value(row));
    }

    @Override
    List<Value> values(int row) {
      return operand.values(row).stream().map(this::apply).toList();
    }

    @Override
    boolean isMany() {
      return operand.isMany();
    }
  }

  /**
   * Left to right: each operator looks at its right side only where the left does not decide, and
   * gives false where a side is no boolean.
   */
  private static final class Logical extends Single {
    private final LogicalOp op;
    private final List<RowExpr> operands;

    Logical(LogicalOp op, List<RowExpr> operands) {
      this.op = op;
      this.operands = operands;
    }

    @Override
    public Value value(int row) {
      Value result = truth(operands.getFirst(), row);
      for (RowExpr operand : operands.subList(1, operands.size())) {
        result = result.equals(decisive()) ? result : joined(result, truth(operand, row));
      }
      return Value.of(result.equals(Value.TRUE));
    }

    private Value decisive() {
      return Value.of(op == LogicalOp.OR);
    }

    /** Neither side decides, or one is no boolean. */
    private static Value joined(Value left, Value right) {
      return left instanceof Value.Bool && right instanceof Value.Bool ? right : Value.FALSE;
    }

    /** Of several values true where some is. */
    private static Value truth(RowExpr operand, int row) {
      return operand.isMany() && operand.isTrue(row) ? Value.TRUE : operand.value(row);
    }
  }

  private static final class Binary extends RowExpr {
    private final FieldExpr.Binary expr;
    private final RowExpr left;
    private final RowExpr right;
    private final boolean comparison;
    private final int maxCombinations;

    Binary(FieldExpr.Binary expr, RowExpr left, RowExpr right, int maxCombinations) {
      this.expr = expr;
      this.left = left;
      this.right = right;
      this.comparison = expr.op().kind() == FieldOp.Kind.COMPARISON;
      this.maxCombinations = maxCombinations;
    }

    @Override
    public Value value(int row) {
      if (!left.isMany() && !right.isMany()) {
        return Operators.binary(expr.op(), left.value(row), right.value(row));
      }
      return comparison ? Value.of(combinations(row).contains(Value.TRUE)) : super.value(row);
    }

    @Override
    List<Value> values(int row) {
      return isMany() ? new ArrayList<>(combinations(row)) : List.of(value(row));
    }

    @Override
    boolean isMany() {
      return !comparison && (left.isMany() || right.isMany());
    }

    private Set<Value> combinations(int row) {
      List<Value> leftValues = left.values(row);
      if (leftValues.isEmpty()) {
        return Set.of();
      }
      List<Value> rightValues = right.values(row);
      Set<Value> results = new LinkedHashSet<>();
      if ((long) leftValues.size() * rightValues.size() > maxCombinations) {
        throw new TraceQlException.LimitExceeded(
            "a span has more than %d combinations of events and links in %s; ask for less of them, or raise traces.query.max-combinations"
                .formatted(maxCombinations, FieldPrinter.print(expr)));
      }
      for (Value a : leftValues) {
        for (Value b : rightValues) {
          results.add(Operators.binary(expr.op(), a, b));
        }
      }
      return results;
    }
  }

  private static final class Match extends Single {
    private final boolean negated;
    private final TextRegex regex;
    private final RowExpr operand;

    Match(FieldExpr.Match match, RowExpr operand) {
      this.negated = match.negated();
      this.regex = CompiledFilter.regex(match.regex());
      this.operand = operand;
    }

    @Override
    public Value value(int row) {
      for (Value value : operand.values(row)) {
        boolean holds =
            value instanceof Value.Array(List<Value> elements)
                ? Operators.someOrAll(negated, elements, this::holds)
                : holds(value);
        if (holds) {
          return Value.TRUE;
        }
      }
      return Value.FALSE;
    }

    private boolean holds(Value value) {
      return value instanceof Value.Text(String text) && regex.matches(text) != negated;
    }
  }

  private static final class Presence extends Single {
    private final boolean present;
    private final RowExpr operand;

    Presence(boolean present, RowExpr operand) {
      this.present = present;
      this.operand = operand;
    }

    @Override
    public Value value(int row) {
      for (Value value : operand.values(row)) {
        if ((value != Value.NIL) == present) {
          return Value.TRUE;
        }
      }
      return Value.FALSE;
    }
  }
}
