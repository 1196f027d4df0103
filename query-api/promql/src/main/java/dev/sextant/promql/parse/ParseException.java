package dev.sextant.promql.parse;

import dev.sextant.promql.ast.Span;

/**
 * A query that is not PromQL; the message is {@code LINE:COLUMN: parse error: WHAT}, as Prometheus
 * words it.
 */
public final class ParseException extends RuntimeException {
  private final transient Span span;
  private final String detail;

  public ParseException(String query, Span span, String detail) {
    super(span.lineAndColumn(query) + ": parse error: " + detail);
    this.span = span;
    this.detail = detail;
  }

  /** The part of the query that is wrong. */
  public Span span() {
    return span;
  }

  /** What is wrong, without the place. */
  public String detail() {
    return detail;
  }
}
