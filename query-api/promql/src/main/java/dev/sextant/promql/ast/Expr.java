package dev.sextant.promql.ast;

import dev.sextant.metrics.model.Matcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PromQL expression. Immutable; every node knows its place in the query's text. A tree that the
 * parser returned is well typed.
 */
public sealed interface Expr {
  /** Where it stands in the query. */
  Span span();

  /** What it evaluates to. */
  ValueType type();

  /**
   * A number.
   *
   * @param value a duration's is its seconds
   * @param duration whether it was written with units, as {@code 5m}
   */
  record NumberLiteral(double value, boolean duration, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.SCALAR;
    }
  }

  /** A string, escapes resolved. */
  record StringLiteral(String value, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.STRING;
    }
  }

  /** An expression in parentheses. */
  record Paren(Expr inner, Span span) implements Expr {
    @Override
    public ValueType type() {
      return inner.type();
    }
  }

  /** {@code -expr} or {@code +expr}. */
  record Unary(boolean negative, Expr operand, Span span) implements Expr {
    @Override
    public ValueType type() {
      return operand.type();
    }
  }

  /**
   * Series by name and matchers.
   *
   * @param name as written in front of the braces; empty where it was not
   * @param matchers all conditions, that of a leading name last
   */
  record VectorSelector(String name, List<Matcher> matchers, Modifiers modifiers, Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }
  }

  /** The samples of a selector's series in a range of time; the selector carries the modifiers. */
  record MatrixSelector(VectorSelector selector, DurationExpr range, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }
  }

  /**
   * An instant vector expression evaluated at steps over a range.
   *
   * @param step null for the engine's default
   */
  record Subquery(
      Expr inner, DurationExpr range, @Nullable DurationExpr step, Modifiers modifiers, Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }
  }

  /** A function call; the number and types of arguments fit its signature. */
  record Call(FunctionSignature function, List<Expr> args, Span span) implements Expr {
    @Override
    public ValueType type() {
      return function.returns();
    }
  }

  /** An aggregation over series. */
  record Aggregate(
      AggregateOp op,
      Expr operand,
      @Nullable Expr parameter,
      List<String> grouping,
      boolean without,
      Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }
  }

  /**
   * A binary operation.
   *
   * @param bool whether a comparison yields 0 and 1 in place of filtering
   * @param matching present exactly where both sides are instant vectors
   */
  record Binary(
      BinaryOp op,
      Expr left,
      Expr right,
      boolean bool,
      @Nullable VectorMatching matching,
      Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR
          ? ValueType.SCALAR
          : ValueType.VECTOR;
    }
  }

  /** The expressions right below this one, in the order of the text; a parameter comes first. */
  default List<Expr> children() {
    return switch (this) {
      case NumberLiteral number -> List.of();
      case StringLiteral string -> List.of();
      case VectorSelector selector -> List.of();
      case Paren paren -> List.of(paren.inner());
      case Unary unary -> List.of(unary.operand());
      case MatrixSelector matrix -> List.of(matrix.selector());
      case Subquery subquery -> List.of(subquery.inner());
      case Call call -> call.args();
      case Aggregate aggregate ->
          aggregate.parameter() == null
              ? List.of(aggregate.operand())
              : List.of(aggregate.parameter(), aggregate.operand());
      case Binary binary -> List.of(binary.left(), binary.right());
    };
  }

  /** This without the parentheses around it. */
  default Expr unwrapped() {
    Expr expr = this;
    while (expr instanceof Paren paren) {
      expr = paren.inner();
    }
    return expr;
  }
}
