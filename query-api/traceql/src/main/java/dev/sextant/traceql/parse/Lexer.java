package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a query into tokens. The first error becomes the last token: a syntax error that stands
 * before it is the one to report.
 */
final class Lexer {
  /** The longest first of those that begin alike. */
  private static final List<String> SYMBOLS =
      List.of(
          "!>>", "!<<", "&>>", "&<<", "!=", "!~", "!>", "!<", "&&", "&>", "&<", "&~", "||", "=~",
          ">>", ">=", "<<", "<=", "!", "|", "=", ">", "<", "~", "+", "-", "*", "/", "%", "^", "(",
          ")", "{", "}", ",");

  private final String query;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int start;

  private Lexer(String query) {
    this.query = query;
  }

  /** All tokens; the last is {@link Token.End} or {@link Token.Bad}. */
  static List<Token> lex(String query) {
    Lexer lexer = new Lexer(query);
    try {
      while (lexer.step()) {
        // Each step adds a token.
      }
    } catch (ParseException e) {
      lexer.tokens.add(new Token.Bad(e.detail(), e.place()));
    }
    return lexer.tokens;
  }

  private boolean step() {
    skipSpaceAndComments();
    start = at;
    if (at >= query.length()) {
      tokens.add(new Token.End(place()));
      return false;
    }
    int c = query.codePointAt(at);
    if (c == '"' || c == '`') {
      tokens.add(string(c));
    } else if (isDigit(at) || (c == '.' && isDigit(at + 1))) {
      number();
    } else if (c == '.') {
      at++;
      tokens.add(attribute(Attribute.Scope.ANY, false));
    } else if (c == '_' || Character.isLetter(c)) {
      word();
    } else {
      symbol(c);
    }
    return true;
  }

  private void skipSpaceAndComments() {
    while (at < query.length()) {
      char c = query.charAt(at);
      if (query.startsWith("//", at)) {
        int newline = query.indexOf('\n', at);
        at = newline < 0 ? query.length() : newline;
      } else if (query.startsWith("/*", at)) {
        int end = query.indexOf("*/", at + 2);
        if (end < 0) {
          throw error(new Place(at, query.length()), "comment not terminated");
        }
        at = end + 2;
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else {
        return;
      }
    }
  }

  private Token string(int quote) {
    int end = at + 1;
    while (end < query.length() && query.charAt(end) != quote) {
      char c = query.charAt(end);
      if (quote == '"' && c == '\n') {
        break;
      }
      end += quote == '"' && c == '\\' ? 2 : 1;
    }
    if (end >= query.length() || query.charAt(end) != quote) {
      throw error(new Place(at, Math.min(end, query.length())), "literal not terminated");
    }
    at = end + 1;
    String body = query.substring(start + 1, end);
    String value =
        quote == '`' ? body.replace("\r", "") : new Unquoting(query, place(), body).read();
    return new Token.Value(new Static.Text(value), place());
  }

  private void number() {
    DurationParser.Found duration = DurationParser.at(query, at);
    if (duration != null) {
      at = duration.end();
      tokens.add(new Token.Value(new Static.Duration(duration.nanos()), place()));
      return;
    }
    at = NumberText.end(query, at);
    try {
      tokens.add(new Token.Value(NumberText.parse(query.substring(start, at)), place()));
    } catch (IllegalArgumentException e) {
      throw error(place(), String.valueOf(e.getMessage()));
    }
  }

  private void word() {
    String word = wordAt();
    at += word.length();
    char next = at < query.length() ? query.charAt(at) : 0;
    Attribute.Scope scope = Words.SCOPES.get(word);
    if (next == '.' && (scope != null || word.equals("parent"))) {
      at++;
      tokens.add(scope == null ? parentAttribute() : attribute(scope, false));
    } else if (next == ':' && Words.SCOPED.containsKey(word)) {
      at++;
      tokens.add(new Token.Scope(word, place()));
    } else {
      tokens.add(
          switch (word) {
            case "minInt" -> new Token.Value(new Static.Int(Long.MIN_VALUE), place());
            case "maxInt" -> new Token.Value(new Static.Int(Long.MAX_VALUE), place());
            default -> new Token.Word(word, place());
          });
    }
  }

  private Token parentAttribute() {
    String word = wordAt();
    int after = at + word.length();
    Attribute.Scope scope = Words.SCOPES.get(word);
    boolean scoped =
        (scope == Attribute.Scope.SPAN || scope == Attribute.Scope.RESOURCE)
            && after < query.length()
            && query.charAt(after) == '.';
    if (scope == null || !scoped) {
      return attribute(Attribute.Scope.ANY, true);
    }
    at = after + 1;
    return attribute(scope, true);
  }

  private String wordAt() {
    int end = at;
    while (end < query.length()) {
      int c = query.codePointAt(end);
      if (c != '_' && !Character.isLetterOrDigit(c)) {
        break;
      }
      end += Character.charCount(c);
    }
    return query.substring(at, end);
  }

  /** The name of an attribute, behind its scope. */
  private Token attribute(Attribute.Scope scope, boolean parent) {
    StringBuilder name = new StringBuilder();
    while (at < query.length()) {
      int c = query.codePointAt(at);
      if (c == '"') {
        quotedPart(name);
      } else if (Attribute.isNameCharacter(c)) {
        name.appendCodePoint(c);
        at += Character.charCount(c);
      } else {
        break;
      }
    }
    if (name.isEmpty()) {
      String expected = parent && scope == Attribute.Scope.ANY ? " or resource. or span." : "";
      throw error(
          place(), "syntax error: unexpected END_ATTRIBUTE, expecting IDENTIFIER" + expected);
    }
    return new Token.Name(new Attribute(scope, name.toString()), parent, place());
  }

  private void quotedPart(StringBuilder name) {
    int open = at++;
    while (at < query.length() && query.charAt(at) != '"') {
      char c = query.charAt(at++);
      if (c == '\\') {
        char escaped = at < query.length() ? query.charAt(at) : 0;
        if (escaped != '"' && escaped != '\\') {
          throw error(new Place(at - 1, at), "invalid escape sequence");
        }
        c = escaped;
        at++;
      }
      name.append(c);
    }
    if (at >= query.length()) {
      throw error(new Place(open, at), "unexpected EOF, expecting \"");
    }
    at++;
  }

  private void symbol(int c) {
    for (String symbol : SYMBOLS) {
      if (query.startsWith(symbol, at)) {
        at += symbol.length();
        tokens.add(new Token.Symbol(symbol, place()));
        return;
      }
    }
    at += Character.charCount(c);
    throw error(place(), "syntax error: unexpected character " + Unquoting.character(c));
  }

  private boolean isDigit(int index) {
    return index < query.length() && NumberText.isDigit(query.charAt(index));
  }

  private Place place() {
    return new Place(start, at);
  }

  private ParseException error(Place place, String detail) {
    return new ParseException(query, place, detail);
  }
}
