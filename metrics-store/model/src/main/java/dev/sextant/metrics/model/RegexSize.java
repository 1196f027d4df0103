package dev.sextant.metrics.model;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much an expression would cost to compile and to run, told from its text alone: counted
 * repetitions multiply what they repeat. Never less than what it compiles to.
 */
final class RegexSize {
  private static final int MAX_DEPTH = 250;
  private static final int MAX_LENGTH = 1 << 16;
  private static final long MAX_INSTRUCTIONS = 5_000;

  private final String source;
  private final Deque<Long> outer = new ArrayDeque<>();
  private long size;
  private long last;
  private int at;

  private RegexSize(String source) {
    this.source = source;
  }

  static void check(String source) {
    if (source.length() > MAX_LENGTH) {
      throw tooLarge();
    }
    new RegexSize(source).scan();
  }

  private static IllegalArgumentException tooLarge() {
    return new IllegalArgumentException(
        "error parsing regexp: expression too large: it may have "
            + MAX_LENGTH
            + " characters and compile to "
            + MAX_INSTRUCTIONS
            + " instructions");
  }

  private void scan() {
    while (at < source.length()) {
      char c = source.charAt(at++);
      switch (c) {
        case '(' -> open();
        case ')' -> close();
        case '[' -> {
          skipClass();
          atom(1);
        }
        case '\\' -> {
          at++;
          atom(1);
        }
        case '{' -> repeat();
        default -> atom(1);
      }
      if (size + last > MAX_INSTRUCTIONS) {
        throw tooLarge();
      }
    }
  }

  private void atom(long instructions) {
    size += last;
    last = instructions;
  }

  private void open() {
    size += last;
    last = 0;
    outer.push(size);
    size = 0;
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

  /** A class is one instruction however many characters it names. */
  private void skipClass() {
    if (at < source.length() && source.charAt(at) == '^') {
      at++;
    }
    if (at < source.length() && source.charAt(at) == ']') {
      at++;
    }
    while (at < source.length() && source.charAt(at) != ']') {
      at += source.charAt(at) == '\\' ? 2 : source.startsWith("[:", at) ? 2 : 1;
    }
    at++;
  }

  /** {n}, {n,} and {n,m}; anything else is text. */
  private void repeat() {
    int end = source.indexOf('}', at);
    String[] bounds = end < 0 ? new String[0] : source.substring(at, end).split(",", -1);
    if (bounds.length < 1 || bounds.length > 2 || !isCount(bounds[0])) {
      atom(1);
      return;
    }
    long times = Long.parseLong(bounds[0]);
    if (bounds.length == 2) {
      if (bounds[1].isEmpty()) {
        times++;
      } else if (isCount(bounds[1])) {
        times = Math.max(times, Long.parseLong(bounds[1])) * 2;
      } else {
        atom(1);
        return;
      }
    }
    last = Math.min(last * Math.max(times, 1), Integer.MAX_VALUE);
    at = end + 1;
  }

  private static boolean isCount(String text) {
    return !text.isEmpty()
        && text.length() <= 9
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
