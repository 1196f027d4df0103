package dev.sextant.api.prometheus;

import dev.sextant.api.http.Params;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromException;
import dev.sextant.promql.ast.Expr;
import java.util.ArrayList;
import java.util.List;

/** The series selectors in an expression. */
final class Selectors {
  private Selectors() {}

  /** Matchers of an expression that is one instant selector. */
  static List<Matcher> parse(PromEngine engine, String text) {
    Expr expression = engine.parse(text).expr();
    if (expression instanceof Expr.VectorSelector selector) {
      return selector.matchers();
    }
    throw new PromException.BadData(
        "1:1: parse error: expected a series selector, got '" + text + "'");
  }

  /** Matchers of every {@code match[]} parameter. */
  static List<List<Matcher>> parameters(PromEngine engine, Params params) {
    List<List<Matcher>> all = new ArrayList<>();
    for (String selector : params.all("match[]")) {
      try {
        all.add(parse(engine, selector));
      } catch (PromException.BadData e) {
        throw PromParams.invalid("match[]", String.valueOf(e.getMessage()));
      }
    }
    return all;
  }

  /** Adds the matchers of every selector in an expression. */
  static void collect(Expr expression, List<List<Matcher>> matchers) {
    switch (expression) {
      case Expr.VectorSelector selector -> matchers.add(selector.matchers());
      case Expr.MatrixSelector matrix -> matchers.add(matrix.selector().matchers());
      case Expr.Subquery subquery -> collect(subquery.inner(), matchers);
      case Expr.Call call -> call.args().forEach(argument -> collect(argument, matchers));
      case Expr.Aggregate aggregate -> {
        collect(aggregate.operand(), matchers);
        if (aggregate.parameter() != null) {
          collect(aggregate.parameter(), matchers);
        }
      }
      case Expr.Binary binary -> {
        collect(binary.left(), matchers);
        collect(binary.right(), matchers);
      }
      case Expr.Unary unary -> collect(unary.operand(), matchers);
      case Expr.Paren paren -> collect(paren.inner(), matchers);
      case Expr.NumberLiteral number -> {}
      case Expr.StringLiteral text -> {}
    }
  }
}
