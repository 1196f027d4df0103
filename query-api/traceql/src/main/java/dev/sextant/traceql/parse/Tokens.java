package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Place;
import java.util.List;

/**
 * A place in the list of tokens, and what holds for the whole parse: the words for what should not
 * stand there, how deep the tree is, and the first thing wrong with types.
 */
final class Tokens {
  private final String query;
  private final List<Token> tokens;
  private int at;

  Tokens(String query) {
    this.query = query;
    this.tokens = Lexer.lex(query);
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

  boolean at(String symbol) {
    return peek().is(symbol);
  }

  boolean atWord(String word) {
    return peek().isWord(word);
  }

  /** Consumes a token; the last is never passed. */
  Token next() {
    Token token = peek();
    if (token instanceof Token.Bad) {
      throw unexpected();
    }
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  boolean take(String symbol) {
    if (at(symbol)) {
      next();
      return true;
    }
    return false;
  }

  /** Consumes an operator or a bracket, the only thing that may stand here. */
  Token expect(String symbol) {
    if (!at(symbol)) {
      throw unexpected(symbol);
    }
    return next();
  }

  /**
   * The next token should not stand here.
   *
   * @param expected what should, where there is little choice
   */
  ParseException unexpected(String... expected) {
    return unexpected(peek(), expected);
  }

  /** As {@link #unexpected(String...)}, for another token than the next. */
  ParseException unexpected(Token token, String... expected) {
    if (token instanceof Token.Bad bad) {
      return new ParseException(query, bad.place(), bad.message());
    }
    String message = "syntax error: unexpected " + token.describe();
    if (expected.length > 0) {
      message += ", expecting " + String.join(" or ", expected);
    }
    return error(token.place(), message);
  }

  ParseException error(Place place, String detail) {
    return new ParseException(query, place, detail);
  }
}
