package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finishes a query that is still being typed: an attribute alone, of which nothing can be told
 * beforehand, stands for comparisons without a value, unknown words and what should follow a {@code
 * &&}; a token that is cut off is left out, and open brackets are closed.
 */
final class Completion {
  private static final Set<String> COMPARISONS =
      Set.of("=", "!=", "<", "<=", ">", ">=", "=~", "!~");

  private static final String UNKNOWN = ".unfinished";

  private final String query;
  private final List<Token> tokens;
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();
  private int at;

  /** How many of the open brackets are braces. */
  private int braces;

  Completion(String query) {
    this.query = query;
    this.tokens = Lexer.lex(query);
  }

  String text() {
    while (!isEnd(peek(0))) {
      Token token = peek(0);
      int operand = operandEnd();
      if (operand > 0) {
        operand(operand);
      } else {
        brackets(token);
        append(text(token.place()));
        at++;
        if (isDangling(token)) {
          append(UNKNOWN);
        }
      }
    }
    open.forEach(this::append);
    return out.toString();
  }

  /** Tokens of the attribute or intrinsic that stands here within braces; 0 for none. */
  private int operandEnd() {
    if (braces == 0) {
      return 0;
    }
    return switch (peek(0)) {
      case Token.Name name -> 1;
      case Token.Scope scope -> peek(1) instanceof Token.Word ? 2 : 1;
      case Token.Word word -> Words.STATICS.containsKey(word.text()) ? 0 : 1;
      default -> 0;
    };
  }

  /** An operand, with the comparison and the value behind it where it cannot stand. */
  private void operand(int length) {
    Token next = peek(length);
    boolean stays = isKnown(0) && !(isCondition(at - 1) && endsCondition(next));
    int end = at + length;
    if (isComparison(next)) {
      boolean word = peek(length + 1) instanceof Token.Word;
      boolean value = startsOperand(length + 1);
      stays &= value;
      end += stays ? 0 : value || word ? 2 : 1;
    }
    append(stays ? text(peek(0).place().to(tokens.get(end - 1).place())) : UNKNOWN);
    at = end;
  }

  /** Whether a condition may begin behind this token. */
  private boolean isCondition(int index) {
    Token token = tokens.get(index);
    return token.is("{") || token.is("(") || token.is("&&") || token.is("||");
  }

  private static boolean endsCondition(Token token) {
    return isEnd(token) || token.is("}") || token.is(")") || token.is("&&") || token.is("||");
  }

  /** Whether the parser knows the word that stands so many tokens ahead. */
  private boolean isKnown(int ahead) {
    return switch (peek(ahead)) {
      case Token.Scope scope ->
          peek(ahead + 1) instanceof Token.Word word
              && Words.SCOPED.getOrDefault(scope.text(), Map.of()).containsKey(word.text());
      case Token.Word word ->
          Words.INTRINSICS.containsKey(word.text()) || Words.STATICS.containsKey(word.text());
      default -> true;
    };
  }

  private static boolean isComparison(Token token) {
    return token instanceof Token.Symbol symbol && COMPARISONS.contains(symbol.text());
  }

  /** Whether something that can be compared with begins so many tokens ahead. */
  private boolean startsOperand(int ahead) {
    return switch (peek(ahead)) {
      case Token.Value value -> true;
      case Token.Name name -> true;
      case Token.Scope scope -> isKnown(ahead);
      case Token.Word word -> isKnown(ahead);
      case Token.Symbol symbol -> symbol.is("(") || symbol.is("-") || symbol.is("!");
      case Token.End end -> false;
      case Token.Bad bad -> false;
    };
  }

  private void brackets(Token token) {
    if (token.is("{") || token.is("(")) {
      open.push(token.is("{") ? "}" : ")");
      braces += token.is("{") ? 1 : 0;
    } else if ((token.is("}") || token.is(")")) && !open.isEmpty()) {
      braces -= open.pop().equals("}") ? 1 : 0;
    }
  }

  /** Whether a condition should follow and does not. */
  private boolean isDangling(Token token) {
    boolean wants = token.is("&&") || token.is("||") || token.is("!");
    return wants && endsCondition(peek(0)) && braces > 0;
  }

  private static boolean isEnd(Token token) {
    return token instanceof Token.End || token instanceof Token.Bad;
  }

  private Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  private String text(Place place) {
    return query.substring(place.start(), place.end());
  }

  private void append(String part) {
    out.append(part).append(' ');
  }
}
