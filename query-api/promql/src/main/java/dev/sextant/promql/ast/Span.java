package dev.sextant.promql.ast;

import java.nio.charset.StandardCharsets;

/**
 * A part of a query's text.
 *
 * @param start of its first character, in UTF-16 units from 0
 * @param end one past its last character
 */
public record Span(int start, int end) {
  public static final Span NONE = new Span(0, 0);

  /** From the start of this to the end of another. */
  public Span to(Span last) {
    return new Span(start, last.end);
  }

  /**
   * Where this begins as {@code LINE:COLUMN}, both from 1; the column counts UTF-8 bytes as
   * Prometheus does.
   */
  public String lineAndColumn(String query) {
    int at = Math.min(start, query.length());
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < at; i++) {
      if (query.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return line + ":" + (utf8Length(query, lineStart, at) + 1);
  }

  /** The offsets of this in the query's UTF-8 form as {@code START:END}, both from 0. */
  public String byteRange(String query) {
    return utf8Length(query, 0, Math.min(start, query.length()))
        + ":"
        + utf8Length(query, 0, Math.min(end, query.length()));
  }

  private static int utf8Length(String query, int from, int to) {
    return query.substring(from, to).getBytes(StandardCharsets.UTF_8).length;
  }
}
