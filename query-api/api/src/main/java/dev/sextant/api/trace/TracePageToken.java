package dev.sextant.api.trace;

import dev.sextant.traceql.PageToken;
import dev.sextant.traceql.TraceQlException;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.print.QueryPrinter;
import java.util.HexFormat;

/** The text of a page's token, which holds for the query that gave it only. */
final class TracePageToken {
  private static final int FINGERPRINT = 8;

  private TracePageToken() {}

  static String format(PageToken token, Query query) {
    return fingerprint(query) + "." + token.text();
  }

  private static String fingerprint(Query query) {
    return HexFormat.of().toHexDigits(QueryPrinter.print(query).hashCode());
  }

  /**
   * @throws IllegalArgumentException where the text is no token of this query
   */
  static PageToken parse(String text, Query query) {
    if (text.indexOf('.') != FINGERPRINT) {
      throw new IllegalArgumentException("not a page token: '" + text + "'");
    }
    PageToken token;
    try {
      token = PageToken.parse(text.substring(FINGERPRINT + 1));
    } catch (TraceQlException.BadData e) {
      throw new IllegalArgumentException("not a page token: '" + text + "'", e);
    }
    if (!text.startsWith(fingerprint(query))) {
      throw new IllegalArgumentException(
          "the page token '" + text + "' belongs to another search: begin again without one");
    }
    return token;
  }
}
