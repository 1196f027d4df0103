package dev.sextant.trace.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression for whole texts: <a href="https://github.com/google/re2/wiki/Syntax">RE2's
 * syntax</a>, in which a dot matches line breaks too. Time to match is linear in the text's length.
 * Literals with {@code .*} between, before or after them, and alternatives of such, are compared as
 * text. Immutable, thread-safe.
 */
public final class TextRegex {
  private static final String SPECIAL = "\\.+*?()|[]{}^$";

  /** Null where the pattern must be run. */
  private final @Nullable List<List<String>> globs;

  private final @Nullable Pattern pattern;
  private final long instructions;

  private TextRegex(
      @Nullable List<List<String>> globs, @Nullable Pattern pattern, long instructions) {
    this.globs = globs;
    this.pattern = pattern;
    this.instructions = instructions;
  }

  /**
   * @throws IllegalArgumentException {@code error parsing regexp: …}, in the words of Go, where it
   *     is no expression, nests more than 250 deep or has more than 65,536 characters
   */
  public static TextRegex compile(String source) {
    return compile(source, Long.MAX_VALUE);
  }

  /**
   * As {@link #compile(String)}, of a source that is not trusted: counted repetitions let a short
   * one stand for a huge program.
   *
   * @param maxInstructions to which it may compile
   * @throws TooLargeException where it compiles to more; nothing was compiled then
   */
  public static TextRegex compile(String source, long maxInstructions) {
    long instructions = RegexBound.instructions(source, maxInstructions);
    List<List<String>> globs = globs(source);
    if (globs != null) {
      return new TextRegex(globs, null, 0);
    }
    try {
      return new TextRegex(null, Pattern.compile(source, Pattern.DOTALL), instructions);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(message(source, e), e);
    }
  }

  /** An expression that compiles to more instructions than it may. */
  public static final class TooLargeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    TooLargeException(long maxInstructions) {
      super(
          "error parsing regexp: expression too large: it may compile to %d instructions"
              .formatted(maxInstructions));
    }
  }

  /**
   * In the words of Go, whose own for a bracket too many RE2/J lacks; without the flag in front.
   */
  private static String message(String source, PatternSyntaxException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("stack underflow")
        ? "error parsing regexp: unexpected ): `" + source + "`"
        : message.replace("(?s)" + source, source);
  }

  /** About how many instructions it compiles to; 0 where it is compared as text. */
  public long instructions() {
    return instructions;
  }

  /** Whether the whole text matches. */
  public boolean matches(String text) {
    if (globs == null) {
      return Objects.requireNonNull(pattern).matcher(text).matches();
    }
    for (List<String> parts : globs) {
      if (matches(parts, text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(List<String> parts, String text) {
    String first = parts.getFirst();
    if (parts.size() == 1) {
      return text.equals(first);
    }
    String last = parts.getLast();
    if (!text.startsWith(first)) {
      return false;
    }
    int at = first.length();
    for (int i = 1; i < parts.size() - 1; i++) {
      int found = text.indexOf(parts.get(i), at);
      if (found < 0) {
        return false;
      }
      at = found + parts.get(i).length();
    }
    return text.length() - last.length() >= at && text.endsWith(last);
  }

  /** Each alternative's literals, between which anything may stand; null where there is more. */
  private static @Nullable List<List<String>> globs(String source) {
    List<List<String>> globs = new ArrayList<>();
    for (String alternative : source.split("\\|", -1)) {
      List<String> parts = new ArrayList<>();
      for (String part : alternative.split("\\.\\*", -1)) {
        if (part.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0)) {
          return null;
        }
        parts.add(part);
      }
      globs.add(parts);
    }
    return globs;
  }
}
