package dev.sextant.promql.script;

import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.parse.PromParser;
import dev.sextant.promql.parse.Syntax;

/** Times and quoted strings in scripts. */
final class NumberTexts {
  private NumberTexts() {}

  /** A duration such as {@code 5m}, or a number of seconds, perhaps with a sign. */
  static long millis(String text) {
    return Math.round(PointParser.number(text) * 1000);
  }

  static String unquote(String quoted) {
    Expr expr = PromParser.parse(quoted, Syntax.ALL);
    return ((Expr.StringLiteral) expr).value();
  }
}
