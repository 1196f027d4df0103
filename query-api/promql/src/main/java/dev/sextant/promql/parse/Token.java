package dev.sextant.promql.parse;

import dev.sextant.promql.ast.Span;
import java.util.Locale;

/**
 * A token.
 *
 * @param text as written; of an error, its message
 */
record Token(TokenType type, String text, Span span) {

  boolean is(TokenType other) {
    return type == other;
  }

  /** Whether it is this keyword, in whatever case. */
  boolean isWord(String word) {
    return isWordLike() && text.equalsIgnoreCase(word);
  }

  boolean isWordLike() {
    return switch (type) {
      case IDENTIFIER, AGGREGATOR, KEYWORD, PREPROCESSOR -> true;
      case OPERATOR -> Character.isLetter(text.charAt(0));
      default -> false;
    };
  }

  String lower() {
    return text.toLowerCase(Locale.ROOT);
  }

  /** As an "unexpected …" message names it. */
  String describe() {
    return switch (type) {
      case EOF -> type.text;
      case IDENTIFIER, METRIC_IDENTIFIER -> type.text + " " + Quoting.quote(text);
      case STRING, NUMBER, DURATION -> type.text + " " + shortened();
      case OPERATOR -> "<op:" + text + ">";
      case AT, MATCH_REGEX, NOT_REGEX -> "<op:" + text + ">";
      case AGGREGATOR -> "<aggr:" + text + ">";
      case KEYWORD -> "<" + text + ">";
      default -> Quoting.quote(text);
    };
  }

  private String shortened() {
    return text.length() > 10 ? Quoting.quote(text.substring(0, 10)) + "..." : Quoting.quote(text);
  }
}
