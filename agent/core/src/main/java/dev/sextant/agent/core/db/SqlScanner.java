package dev.sextant.agent.core.db;

import org.jspecify.annotations.Nullable;

/**
 * One pass over an SQL text, of any dialect: it knows quotes, numbers, comments and words, and errs
 * towards hiding. Linear in the text's length; a text longer than {@value #LONGEST} characters is
 * cut there.
 */
final class SqlScanner {
  private static final int LONGEST = 32_768;

  private final String sql;
  private final boolean doubleQuotesAreText;
  private final StringBuilder out;
  private final SqlSummary summary = new SqlSummary();
  private int at;

  SqlScanner(String sql, boolean doubleQuotesAreText) {
    this.sql = sql.length() > LONGEST ? sql.substring(0, LONGEST) : sql;
    this.doubleQuotesAreText = doubleQuotesAreText;
    this.out = new StringBuilder(this.sql.length());
  }

  SqlText scan() {
    while (at < sql.length()) {
      step(sql.charAt(at));
    }
    return summary.toText(collapseLists(out.toString().trim()));
  }

  private void step(char c) {
    if (Character.isWhitespace(c)) {
      at++;
      space();
    } else if (c == '-' && next() == '-') {
      skipTo("\n");
      space();
    } else if (c == '/' && next() == '*') {
      skipTo("*/");
      space();
    } else if (c == '\'' || (c == '"' && doubleQuotesAreText)) {
      quoted(c, doubleQuotesAreText);
      value();
    } else if (c == '"' || c == '`' || c == '[' && isBracketName()) {
      int start = at;
      quoted(c == '[' ? ']' : c, false);
      word(sql.substring(start, at));
    } else if (c == '$' && dollarTag() != null) {
      dollarQuoted();
      value();
    } else if (isDigit(c) || (c == '.' && isDigit(next()))) {
      number();
      value();
    } else if (Character.isJavaIdentifierStart(c) && c != '$') {
      identifier();
    } else {
      at++;
      out.append(c);
      summary.symbol(c);
    }
  }

  private void value() {
    out.append('?');
    summary.symbol('?');
  }

  private void identifier() {
    int start = at;
    while (at < sql.length()
        && (Character.isJavaIdentifierPart(sql.charAt(at)) || sql.charAt(at) == '.')) {
      at++;
    }
    boolean prefixed = at < sql.length() && sql.charAt(at) == '\'' && at - start == 1;
    if (prefixed && "nNeExXbB".indexOf(sql.charAt(start)) >= 0) {
      quoted('\'', doubleQuotesAreText || sql.charAt(start) == 'e' || sql.charAt(start) == 'E');
      value();
      return;
    }
    word(sql.substring(start, at));
  }

  private void word(String word) {
    out.append(word);
    summary.word(word);
  }

  private void space() {
    if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
      out.append(' ');
    }
  }

  /** From an opening quote past its closing one; a doubled quote stands for itself. */
  private void quoted(char close, boolean backslashEscapes) {
    for (at++; at < sql.length(); at++) {
      char c = sql.charAt(at);
      if (c == '\\' && backslashEscapes) {
        at++;
      } else if (c == close) {
        if (next() != close || close == ']') {
          at++;
          return;
        }
        at++;
      }
    }
  }

  private boolean isBracketName() {
    return Character.isJavaIdentifierStart(next());
  }

  private @Nullable String dollarTag() {
    int end = sql.indexOf('$', at + 1);
    if (end < 0) {
      return null;
    }
    for (int i = at + 1; i < end; i++) {
      char c = sql.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_') {
        return null;
      }
    }
    return end > at + 1 && isDigit(sql.charAt(at + 1)) ? null : sql.substring(at, end + 1);
  }

  private void dollarQuoted() {
    String tag = dollarTag();
    if (tag != null) {
      at += tag.length();
      skipTo(tag);
    }
  }

  private void number() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      boolean exponentSign =
          (c == '+' || c == '-') && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E');
      if (!Character.isLetterOrDigit(c) && c != '.' && !exponentSign) {
        return;
      }
      at++;
    }
  }

  private void skipTo(String end) {
    int found = sql.indexOf(end, at);
    at = found < 0 ? sql.length() : found + end.length();
  }

  private char next() {
    return at + 1 < sql.length() ? sql.charAt(at + 1) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** {@code IN (?, ?, ?)} becomes {@code IN (?)}: the number of values is no part of the text. */
  private static String collapseLists(String text) {
    return text.replaceAll("\\((\\s*\\?\\s*,)+\\s*\\?\\s*\\)", "(?)");
  }
}
