package dev.sextant.promql;

import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.print.ExprPrinter;

/**
 * A query that was parsed and checked; immutable, to be run any number of times.
 *
 * @param text as it was given
 */
public record PromQuery(String text, Expr expr) {
  /** The query laid out as Prometheus formats it. */
  public String format() {
    return ExprPrinter.pretty(expr);
  }
}
