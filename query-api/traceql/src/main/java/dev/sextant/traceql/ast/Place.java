package dev.sextant.traceql.ast;

/**
 * A part of a query's text. All places are equal, so that equal expressions are equal wherever they
 * stand.
 *
 * @param start of its first character, in UTF-16 units from 0
 * @param end one past its last character
 */
public record Place(int start, int end) {
  /** Of a node that no text gave. */
  public static final Place NONE = new Place(0, 0);

  /** From the start of this to the end of another. */
  public Place to(Place last) {
    return new Place(start, last.end);
  }

  /** The line on which this begins, from 1. */
  public int line(String query) {
    int line = 1;
    for (int i = 0; i < Math.min(start, query.length()); i++) {
      if (query.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  /** The character of its line with which this begins, in code points from 1. */
  public int column(String query) {
    int at = Math.min(start, query.length());
    int lineStart = at == 0 ? 0 : query.lastIndexOf('\n', at - 1) + 1;
    return query.codePointCount(lineStart, at) + 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Place;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
