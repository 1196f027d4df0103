package dev.sextant.promql.parse;

import dev.sextant.promql.ast.Span;
import java.util.ArrayList;
import java.util.List;

/** A place in the list of tokens, and the words for what should not stand there. */
final class Tokens {
  private final String query;
  private final List<Token> tokens;
  private int at;

  Tokens(String query) {
    this.query = query;
    this.tokens = Lexer.lex(query);
  }

  String query() {
    return query;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  /** The token that was consumed last. */
  Token previous() {
    return tokens.get(at - 1);
  }

  boolean at(TokenType type) {
    return peek().is(type);
  }

  boolean atWord(String word) {
    return peek().isWord(word);
  }

  /** Consumes a token; the last is never passed. */
  Token next() {
    Token token = peek();
    if (token.is(TokenType.ERROR)) {
      throw error(token.span(), token.text());
    }
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  boolean take(TokenType type) {
    if (at(type)) {
      next();
      return true;
    }
    return false;
  }

  Token expect(TokenType type, String context, String expected) {
    if (!at(type)) {
      throw unexpected(context, expected);
    }
    return next();
  }

  ParseException unexpected(String context, String expected) {
    Token token = peek();
    if (token.is(TokenType.ERROR)) {
      return error(token.span(), token.text());
    }
    String message = "unexpected " + token.describe();
    if (!context.isEmpty()) {
      message += " in " + context;
    }
    if (!expected.isEmpty()) {
      message += ", expected " + expected;
    }
    return error(token.span(), message);
  }

  ParseException error(Span span, String detail) {
    return new ParseException(query, span, detail);
  }

  /**
   * A list of label names in parentheses, as {@code by}, {@code on} and {@code group_left} take it.
   */
  List<String> grouping() {
    expect(TokenType.LEFT_PAREN, "grouping opts", "\"(\"");
    List<String> labels = new ArrayList<>();
    while (!at(TokenType.RIGHT_PAREN)) {
      Token token = peek();
      if (token.is(TokenType.STRING)) {
        next();
        labels.add(labelName(token, Quoting.unquote(query, token.span())));
      } else if (token.isWordLike()) {
        next();
        labels.add(token.text());
      } else {
        throw unexpected("grouping opts", "label");
      }
      if (!take(TokenType.COMMA) && !at(TokenType.RIGHT_PAREN)) {
        throw unexpected("grouping opts", "\",\" or \")\"");
      }
    }
    next();
    return List.copyOf(labels);
  }

  String labelName(Token token, String name) {
    if (!Names.isValid(name)) {
      throw error(token.span(), "invalid label name for grouping: " + Quoting.quote(name));
    }
    return name;
  }
}
