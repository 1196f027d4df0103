package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Place;

/**
 * A text that is no TraceQL; the message is {@code parse error at line LINE, col COLUMN: WHAT},
 * both counted from 1, or {@code parse error : WHAT} for an empty text.
 */
public final class ParseException extends QueryException {
  private final String detail;

  ParseException(String query, Place place, String detail) {
    super(where(query, place) + detail, place);
    this.detail = detail;
  }

  private static String where(String query, Place place) {
    return query.isEmpty()
        ? "parse error : "
        : "parse error at line " + place.line(query) + ", col " + place.column(query) + ": ";
  }

  /** What is wrong, without the place. */
  public String detail() {
    return detail;
  }
}
