package dev.sextant.trace.model;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds what an expression may cost, told from its text before it is compiled: counted repetitions
 * multiply what they repeat, so a short text can stand for a huge program.
 */
final class RegexBound {
  private static final int MAX_DEPTH = 250;
  private static final int MAX_LENGTH = 1 << 16;

  private final String source;
  private final long maxInstructions;

  /** What stands before each open group in the group around it. */
  private final Deque<Long> outer = new ArrayDeque<>();

  /** Instructions of the group so far, without its last atom. */
  private long size;

  private long last;
  private int at;

  private RegexBound(String source, long maxInstructions) {
    this.source = source;
    this.maxInstructions = maxInstructions;
  }

  /**
   * About how many instructions an expression compiles to.
   *
   * @throws IllegalArgumentException {@code error parsing regexp: …}
   * @throws TextRegex.TooLargeException where they are more than {@code maxInstructions}
   */
  static long instructions(String source, long maxInstructions) {
    if (source.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "error parsing regexp: expression too large: it may have %d characters"
              .formatted(MAX_LENGTH));
    }
    RegexBound bound = new RegexBound(source, maxInstructions);
    bound.scan();
    return bound.size + bound.last;
  }

  private void scan() {
    while (at < source.length()) {
      switch (source.charAt(at++)) {
        case '(' -> open();
        case ')' -> close();
        case '[' -> classOfCharacters();
        case '{' -> repetition();
        case '\\' -> {
          at++;
          atom(1);
        }
        default -> atom(1);
      }
      if (size + last > maxInstructions) {
        throw new TextRegex.TooLargeException(maxInstructions);
      }
    }
  }

  private void atom(long instructions) {
    size += last;
    last = instructions;
  }

  private void open() {
    outer.push(size + last);
    size = 0;
    last = 0;
    if (outer.size() > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "error parsing regexp: expression nests too deeply: more than " + MAX_DEPTH);
    }
  }

  private void close() {
    long inside = size + last + 2;
    size = outer.isEmpty() ? 0 : outer.pop();
    last = inside;
  }

  /** One instruction, whatever it names; a first bracket in it is text. */
  private void classOfCharacters() {
    if (source.startsWith("^", at)) {
      at++;
    }
    if (source.startsWith("]", at)) {
      at++;
    }
    while (at < source.length() && source.charAt(at) != ']') {
      at += source.charAt(at) == '\\' || source.startsWith("[:", at) ? 2 : 1;
    }
    at++;
    atom(1);
  }

  /** {n}, {n,} or {n,m}; else text. */
  private void repetition() {
    int end = source.indexOf('}', at);
    String inside = end < 0 ? "" : source.substring(at, end);
    int comma = inside.indexOf(',');
    long least = count(comma < 0 ? inside : inside.substring(0, comma));
    long most = comma < 0 ? least : comma == inside.length() - 1 ? least + 1 : 0;
    if (comma >= 0 && most == 0) {
      most = 2 * Math.max(least, count(inside.substring(comma + 1)));
    }
    if (least < 0 || most < 0) {
      atom(1);
      return;
    }
    last = Math.min(last * Math.max(most, 1), Integer.MAX_VALUE);
    at = end + 1;
  }

  /** -1 for what is no number. */
  private static long count(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= 9
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Long.parseLong(digits) : -1;
  }
}
