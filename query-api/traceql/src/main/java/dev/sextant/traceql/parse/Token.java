package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Static;

/** A token, and how an error names it. */
sealed interface Token {
  Place place();

  /** As an "unexpected …" message names it. */
  default String describe() {
    return switch (this) {
      case Symbol symbol -> symbol.text();
      case Word word -> Words.KEYWORDS.contains(word.text()) ? word.text() : "IDENTIFIER";
      case Value value -> describe(value.value());
      case Name name -> name.parent() ? "parent." : name.attribute().scope().prefix();
      case Scope scope -> scope.text() + ":";
      case End end -> "$end";
      case Bad bad -> bad.message();
    };
  }

  private static String describe(Static value) {
    return switch (value) {
      case Static.Text text -> "STRING";
      case Static.Float number -> "FLOAT";
      case Static.Duration duration -> "DURATION";
      default -> "INTEGER";
    };
  }

  /** Whether it is this operator or bracket. */
  default boolean is(String symbol) {
    return this instanceof Symbol found && found.text().equals(symbol);
  }

  /** Whether it is this word. */
  default boolean isWord(String text) {
    return this instanceof Word found && found.text().equals(text);
  }

  /** An operator, a bracket or a comma. */
  record Symbol(String text, Place place) implements Token {}

  /** Letters and digits. */
  record Word(String text, Place place) implements Token {}

  /** A string, a number or a duration. */
  record Value(Static value, Place place) implements Token {}

  /**
   * An attribute.
   *
   * @param parent whether it is the parent span's
   */
  record Name(Attribute attribute, boolean parent, Place place) implements Token {}

  /** {@code span:} and the like, in front of an intrinsic; the text has no colon. */
  record Scope(String text, Place place) implements Token {}

  /** The end of the query. */
  record End(Place place) implements Token {}

  /** What is no token: an error, unless another stands before it. */
  record Bad(String message, Place place) implements Token {}
}
