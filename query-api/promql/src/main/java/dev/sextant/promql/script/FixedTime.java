package dev.sextant.promql.script;

import dev.sextant.promql.ast.DurationExpr;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.Modifiers;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The same query with {@code @ T} at every selector, so that its answer is that of T at any time.
 */
final class FixedTime {
  /** Functions that look at the time of the evaluation, whatever their arguments. */
  private static final Set<String> UNFIXED =
      Set.of(
          "days_in_month",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "hour",
          "minute",
          "month",
          "year",
          "predict_linear",
          "time",
          "timestamp",
          "start",
          "end",
          "range",
          "step");

  private static final Set<String> OUTER = Set.of("start", "end", "range", "step");

  private final Modifiers.At at;

  private FixedTime(long timeMillis) {
    this.at = new Modifiers.At.Time(timeMillis);
  }

  /** Null where the query calls a function that looks at the time itself. */
  static @Nullable Expr at(long timeMillis, Expr expr) {
    return calls(expr, UNFIXED) ? null : new FixedTime(timeMillis).fix(expr);
  }

  /** Whether it asks for start, end, range or step of the query as a whole. */
  static boolean asksForOuter(Expr expr) {
    return calls(expr, OUTER) || outer(expr);
  }

  private static boolean calls(Expr expr, Set<String> names) {
    return (expr instanceof Expr.Call call && names.contains(call.function().name()))
        || expr.children().stream().anyMatch(child -> calls(child, names));
  }

  private static boolean outer(Expr expr) {
    boolean here =
        switch (expr) {
          case Expr.VectorSelector selector -> outer(selector.modifiers());
          case Expr.MatrixSelector matrix -> outer(matrix.range());
          case Expr.Subquery subquery ->
              outer(subquery.range()) || outer(subquery.step()) || outer(subquery.modifiers());
          default -> false;
        };
    return here || expr.children().stream().anyMatch(FixedTime::outer);
  }

  private static boolean outer(Modifiers modifiers) {
    return modifiers.at() instanceof Modifiers.At.Start
        || modifiers.at() instanceof Modifiers.At.End
        || outer(modifiers.offset());
  }

  private static boolean outer(@Nullable DurationExpr duration) {
    return switch (duration) {
      case null -> false;
      case DurationExpr.Literal literal -> false;
      case DurationExpr.Outer outer -> true;
      case DurationExpr.Extreme extreme -> outer(extreme.left()) || outer(extreme.right());
      case DurationExpr.Negated negated -> outer(negated.inner());
      case DurationExpr.Paren paren -> outer(paren.inner());
      case DurationExpr.Arithmetic sum -> outer(sum.left()) || outer(sum.right());
    };
  }

  private Expr fix(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral number -> number;
      case Expr.StringLiteral string -> string;
      case Expr.Paren paren -> new Expr.Paren(fix(paren.inner()), paren.span());
      case Expr.Unary unary -> new Expr.Unary(unary.negative(), fix(unary.operand()), unary.span());
      case Expr.VectorSelector selector -> selector(selector);
      case Expr.MatrixSelector matrix ->
          new Expr.MatrixSelector(selector(matrix.selector()), matrix.range(), matrix.span());
      case Expr.Subquery q ->
          new Expr.Subquery(q.inner(), q.range(), q.step(), fix(q.modifiers()), q.span());
      case Expr.Call call ->
          new Expr.Call(call.function(), call.args().stream().map(this::fix).toList(), call.span());
      case Expr.Aggregate a ->
          new Expr.Aggregate(
              a.op(),
              fix(a.operand()),
              a.parameter() == null ? null : fix(a.parameter()),
              a.grouping(),
              a.without(),
              a.span());
      case Expr.Binary b ->
          new Expr.Binary(b.op(), fix(b.left()), fix(b.right()), b.bool(), b.matching(), b.span());
    };
  }

  private Expr.VectorSelector selector(Expr.VectorSelector selector) {
    return new Expr.VectorSelector(
        selector.name(), selector.matchers(), fix(selector.modifiers()), selector.span());
  }

  private Modifiers fix(Modifiers modifiers) {
    return modifiers.at() instanceof Modifiers.At.Time ? modifiers : modifiers.withAt(at);
  }
}
