package dev.sextant.promql.parse;

import dev.sextant.promql.ast.AggregateOp;
import dev.sextant.promql.ast.BinaryOp;
import dev.sextant.promql.ast.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits a query into tokens. Words mean different things inside braces, and brackets hold
 * durations, so the lexer follows both. The first error becomes the last token: a syntax error that
 * stands before it is the one to report.
 */
final class Lexer {
  private static final Set<String> KEYWORDS =
      Set.of(
          "offset",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "bool",
          "anchored",
          "smoothed");
  private static final Set<String> FILLS = Set.of("fill", "fill_left", "fill_right");
  private static final Set<String> PREPROCESSORS =
      Set.of("start", "end", "step", "range", "min_of", "max_of");
  private static final Set<String> WORD_OPERATORS = Set.of("and", "or", "unless", "atan2");
  private static final Set<String> AGGREGATORS = new HashSet<>();

  static {
    for (AggregateOp op : AggregateOp.values()) {
      AGGREGATORS.add(op.text());
    }
  }

  private final String query;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int start;
  private int parens;
  private boolean braces;
  private boolean bracket;

  private Lexer(String query) {
    this.query = query;
  }

  /** All tokens; the last is {@link TokenType#EOF} or {@link TokenType#ERROR}. */
  static List<Token> lex(String query) {
    Lexer lexer = new Lexer(query);
    while (true) {
      lexer.step();
      if (!lexer.tokens.isEmpty()) {
        TokenType last = lexer.tokens.getLast().type();
        if (last == TokenType.EOF || last == TokenType.ERROR) {
          return lexer.tokens;
        }
      }
    }
  }

  private void step() {
    skipSpaceAndComments();
    start = at;
    if (at >= query.length()) {
      end();
      return;
    }
    int c = query.codePointAt(at);
    at += Character.charCount(c);
    if (c == '"' || c == '\'' || c == '`') {
      string(c);
    } else if (c == ',') {
      emit(TokenType.COMMA);
    } else if (braces) {
      insideBraces(c);
    } else {
      outside(c);
    }
  }

  private void skipSpaceAndComments() {
    while (at < query.length()) {
      char c = query.charAt(at);
      if (c == '#') {
        int newline = query.indexOf('\n', at);
        at = newline < 0 ? query.length() : newline;
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else {
        return;
      }
    }
  }

  private void end() {
    if (braces) {
      error("unexpected end of input inside braces");
    } else if (bracket) {
      error("unexpected end of input in duration expression");
    } else if (parens > 0) {
      error("unclosed left parenthesis");
    } else {
      emit(TokenType.EOF);
    }
  }

  private void insideBraces(int c) {
    switch (c) {
      case '{' -> error("unexpected left brace '{'");
      case '}' -> {
        braces = false;
        emit(TokenType.RIGHT_BRACE);
      }
      case '=' -> emit(take('~') ? TokenType.MATCH_REGEX : TokenType.EQUAL);
      case '!' -> {
        if (take('~')) {
          emit(TokenType.NOT_REGEX);
        } else if (take('=')) {
          emit(TokenType.OPERATOR);
        } else {
          error("unexpected character after '!' inside braces: " + next());
        }
      }
      default -> {
        if (isAlpha(c)) {
          while (at < query.length() && isAlphanumeric(query.charAt(at))) {
            at++;
          }
          emit(TokenType.IDENTIFIER);
        } else {
          error("unexpected character inside braces: " + Quoting.quoteChar(c));
        }
      }
    }
  }

  private void outside(int c) {
    switch (c) {
      case '(' -> {
        parens++;
        emit(TokenType.LEFT_PAREN);
      }
      case ')' -> {
        if (--parens < 0) {
          // Prometheus names the place behind it.
          start = at;
          error("unexpected right parenthesis ')'");
        } else {
          emit(TokenType.RIGHT_PAREN);
        }
      }
      case '+', '-', '*', '/', '%', '^' -> emit(TokenType.OPERATOR);
      case ']' -> rightBracket();
      default -> {
        if (isDigit(c) || (c == '.' && at < query.length() && isDigit(query.charAt(at)))) {
          number();
        } else if (bracket) {
          insideBrackets(c);
        } else if (isAlpha(c) || c == ':') {
          word();
        } else {
          symbol(c);
        }
      }
    }
  }

  private void rightBracket() {
    if (bracket) {
      bracket = false;
      emit(TokenType.RIGHT_BRACKET);
    } else {
      error("unexpected right bracket ']'");
    }
  }

  private void symbol(int c) {
    switch (c) {
      case '{' -> {
        braces = true;
        emit(TokenType.LEFT_BRACE);
      }
      case '[' -> {
        bracket = true;
        emit(TokenType.LEFT_BRACKET);
      }
      case '@' -> emit(TokenType.AT);
      case '=' -> {
        if (take('=')) {
          emit(TokenType.OPERATOR);
        } else if (at < query.length() && query.charAt(at) == '~') {
          error("unexpected character after '=': '~'");
        } else {
          emit(TokenType.EQUAL);
        }
      }
      case '!' -> {
        if (take('=')) {
          emit(TokenType.OPERATOR);
        } else {
          error("unexpected character after '!': " + next());
        }
      }
      case '<', '>' -> {
        if (!take('=')) {
          take('/');
        }
        emit(TokenType.OPERATOR);
      }
      case '}' -> error("unexpected right brace '}'");
      default -> error("unexpected character: " + Quoting.quoteChar(c));
    }
  }

  private void insideBrackets(int c) {
    if (c == ':') {
      emit(TokenType.COLON);
      return;
    }
    if (isAlpha(c)) {
      int from = at - 1;
      int to = at;
      while (to < query.length() && isAlphanumeric(query.charAt(to))) {
        to++;
      }
      if (PREPROCESSORS.contains(query.substring(from, to).toLowerCase(Locale.ROOT))) {
        at = to;
        emit(TokenType.PREPROCESSOR);
        return;
      }
    }
    boolean afterNumber = !tokens.isEmpty() && isNumber(tokens.getLast().type());
    error(
        afterNumber
            ? "unexpected character: " + Quoting.quoteChar(c) + ", expected ':'"
            : "unexpected character in duration expression: " + Quoting.quoteChar(c));
  }

  private static boolean isNumber(TokenType type) {
    return type == TokenType.NUMBER || type == TokenType.DURATION;
  }

  private void word() {
    while (at < query.length() && (isAlphanumeric(query.charAt(at)) || query.charAt(at) == ':')) {
      at++;
    }
    String word = query.substring(start, at);
    String lower = word.toLowerCase(Locale.ROOT);
    if (word.indexOf(':') >= 0) {
      emit(TokenType.METRIC_IDENTIFIER);
    } else if (lower.equals("inf") || lower.equals("nan")) {
      emit(TokenType.NUMBER);
    } else if (WORD_OPERATORS.contains(lower)) {
      emit(TokenType.OPERATOR);
    } else if (AGGREGATORS.contains(lower)) {
      emit(TokenType.AGGREGATOR);
    } else if (PREPROCESSORS.contains(lower)) {
      emit(TokenType.PREPROCESSOR);
    } else if (KEYWORDS.contains(lower) || (FILLS.contains(lower) && parenFollows())) {
      emit(TokenType.KEYWORD);
    } else {
      emit(TokenType.IDENTIFIER);
    }
  }

  private boolean parenFollows() {
    int i = at;
    while (i < query.length() && Character.isWhitespace(query.charAt(i))) {
      i++;
    }
    return i < query.length() && query.charAt(i) == '(';
  }

  private void number() {
    at = start;
    boolean hex = query.startsWith("0x", at) || query.startsWith("0X", at);
    while (at < query.length()) {
      char c = query.charAt(at);
      boolean sign =
          (c == '+' || c == '-')
              && !hex
              && at > start
              && (query.charAt(at - 1) == 'e' || query.charAt(at - 1) == 'E')
              && NumberText.isDecimalPrefix(query, start, at - 1);
      if (!isAlphanumeric(c) && c != '.' && !sign) {
        break;
      }
      at++;
    }
    String text = query.substring(start, at);
    if (NumberText.isNumber(text)) {
      emit(TokenType.NUMBER);
    } else if (NumberText.isDurationShaped(text)) {
      emit(TokenType.DURATION);
    } else {
      String wrong = text.substring(0, Math.max(1, NumberText.wrongEnd(text)));
      error("bad number or duration syntax: " + Quoting.quote(wrong));
    }
  }

  private void string(int quote) {
    while (at < query.length()) {
      char c = query.charAt(at++);
      if (c == quote) {
        emit(TokenType.STRING);
        return;
      }
      if (quote != '`') {
        if (c == '\n') {
          break;
        }
        if (c == '\\' && at < query.length()) {
          at++;
        }
      }
    }
    error(quote == '`' ? "unterminated raw string" : "unterminated quoted string");
  }

  private boolean take(char c) {
    if (at < query.length() && query.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private String next() {
    return at < query.length() ? Quoting.quoteChar(query.codePointAt(at)) : "end of input";
  }

  private void emit(TokenType type) {
    tokens.add(new Token(type, query.substring(start, at), new Span(start, at)));
  }

  private void error(String message) {
    tokens.add(new Token(TokenType.ERROR, message, new Span(start, at)));
  }

  /** The operator that a token of type {@link TokenType#OPERATOR} stands for. */
  static BinaryOp operator(Token token) {
    String symbol = token.lower();
    for (BinaryOp op : BinaryOp.values()) {
      if (op.symbol().equals(symbol)) {
        return op;
      }
    }
    throw new IllegalStateException("no operator " + symbol);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAlpha(int c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isAlphanumeric(int c) {
    return isAlpha(c) || isDigit(c);
  }
}
