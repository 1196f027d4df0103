package dev.sextant.api.service;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A database statement without its values, so that statements that differ in values only have the
 * same text: literals are {@code ?}, lists of them one, comments are out, white space is one blank.
 * What is a statement already without values stays as it is.
 */
final class StatementText {
  /** Of a statement are looked at. */
  static final int LONGEST_READ = 10_000;

  /** Of a text are kept; what is cut ends in an ellipsis. */
  static final int LONGEST = 1_000;

  /** Systems whose text in double quotes is a value, not a name. */
  private static final Set<String> QUOTES_ARE_TEXT =
      Set.of("mysql", "mariadb", "mongodb", "elasticsearch", "opensearch", "couchdb", "cosmosdb");

  private static final Pattern LISTS = Pattern.compile("\\?(?: ?, ?\\?)+");
  private static final Pattern ROWS = Pattern.compile("\\( ?\\? ?\\)(?: ?, ?\\( ?\\? ?\\))+");

  private final String sql;
  private final boolean quotesAreText;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private StatementText(String sql, boolean quotesAreText) {
    this.sql = sql;
    this.quotesAreText = quotesAreText;
  }

  /**
   * @param system the database's, as {@code db.system.name} names it
   */
  static String of(String statement, String system) {
    String read =
        statement.length() <= LONGEST_READ ? statement : statement.substring(0, LONGEST_READ);
    boolean text = QUOTES_ARE_TEXT.contains(system.toLowerCase(Locale.ROOT));
    String plain = new StatementText(read, text).scan();
    String lists = LISTS.matcher(plain).replaceAll("?");
    return cut(ROWS.matcher(lists).replaceAll("(?)"), LONGEST);
  }

  /** A text's beginning, which never ends within a character. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + "…";
  }

  private String scan() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
        blank();
      } else if (c == '-' && next() == '-') {
        comment("\n");
      } else if (c == '/' && next() == '*') {
        comment("*/");
      } else if (c == '\'') {
        skipQuoted();
        out.append('?');
      } else if (c == '"' || c == '`') {
        quoted(c);
      } else if (c == '$' && isDigit(next()) || isDigit(c) && !isInWord()) {
        number();
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString().strip();
  }

  private char next() {
    return at + 1 < sql.length() ? sql.charAt(at + 1) : 0;
  }

  private void blank() {
    if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
      out.append(' ');
    }
  }

  private void comment(String end) {
    int found = sql.indexOf(end, at + 2);
    at = found < 0 ? sql.length() : found + end.length();
    blank();
  }

  /** Past the end of what is quoted; two quotes within stand for one. */
  private void skipQuoted() {
    char quote = sql.charAt(at++);
    while (at < sql.length()) {
      if (sql.charAt(at++) == quote) {
        if (at >= sql.length() || sql.charAt(at) != quote) {
          return;
        }
        at++;
      }
    }
  }

  /** A name, or text where the system writes it so; before a colon it is a name always. */
  private void quoted(char quote) {
    int from = at;
    skipQuoted();
    int after = at;
    while (after < sql.length() && Character.isWhitespace(sql.charAt(after))) {
      after++;
    }
    boolean isKey = after < sql.length() && sql.charAt(after) == ':';
    if (quote == '"' && quotesAreText && !isKey) {
      out.append('?');
    } else {
      out.append(sql, from, at);
    }
  }

  private void number() {
    at++;
    while (at < sql.length() && isOfNumber(sql.charAt(at), sql.charAt(at - 1))) {
      at++;
    }
    out.append('?');
  }

  private static boolean isOfNumber(char c, char before) {
    boolean sign = (c == '+' || c == '-') && (before == 'e' || before == 'E');
    return Character.isLetterOrDigit(c) || c == '.' || c == '_' || sign;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean isInWord() {
    if (at == 0) {
      return false;
    }
    char before = sql.charAt(at - 1);
    return Character.isLetterOrDigit(before) || before == '_' || before == '$' || before == '@';
  }
}
