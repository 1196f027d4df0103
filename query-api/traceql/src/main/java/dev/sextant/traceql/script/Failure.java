package dev.sextant.traceql.script;

import java.util.regex.Pattern;

/**
 * The error that a question must end with.
 *
 * @param text the whole message, or an expression that is found in it
 */
record Failure(String text, boolean regex) {
  /**
   * @param text behind {@code fail}: the message, or {@code ~} and an expression
   */
  static Failure parse(String text) {
    return text.startsWith("~")
        ? new Failure(Pattern.compile(text.substring(1).strip()).pattern(), true)
        : new Failure(text, false);
  }

  boolean matches(String message) {
    return regex ? Pattern.compile(text).matcher(message).find() : text.equals(message);
  }
}
