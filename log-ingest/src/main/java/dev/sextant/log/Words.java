package dev.sextant.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a word is: the longest run of letters, digits and the marks that combine with them; an
 * ideograph is a word of its own, since its scripts put no spaces. Words are compared after {@link
 * #fold}.
 */
public final class Words {
  private Words() {}

  /** Lower case in no language in particular; the two forms of the Greek sigma are one. */
  public static String fold(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.indexOf('ς') < 0 ? lower : lower.replace('ς', 'σ');
  }

  /** Takes a word by its bounds in the text. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param digits whether the word has a digit in it
     */
    void word(int from, int to, boolean digits);
  }

  /** Visits the words of a folded text in their order. */
  static void visit(String folded, Visitor visitor) {
    int start = -1;
    boolean digits = false;
    int at = 0;
    while (at < folded.length()) {
      int c = folded.codePointAt(at);
      int next = at + Character.charCount(c);
      boolean ideograph = c > 0x2e7f && Character.isIdeographic(c);
      if (!ideograph && isPart(c)) {
        digits = (start >= 0 && digits) || isDigit(c);
        start = start >= 0 ? start : at;
      } else {
        if (start >= 0) {
          visitor.word(start, at, digits);
          start = -1;
        }
        if (ideograph) {
          visitor.word(at, next, false);
        }
      }
      at = next;
    }
    if (start >= 0) {
      visitor.word(start, at, digits);
    }
  }

  private static boolean isPart(int c) {
    if (c < 128) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    }
    return Character.isLetterOrDigit(c)
        || switch (Character.getType(c)) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.ENCLOSING_MARK ->
              true;
          default -> false;
        };
  }

  static boolean isDigit(int c) {
    return c < 128 ? c >= '0' && c <= '9' : Character.isDigit(c);
  }

  /** Visits the runs without a digit in a part of a folded text. */
  static void visitLetterRuns(String folded, int from, int to, Visitor visitor) {
    int start = -1;
    int at = from;
    while (at < to) {
      int c = folded.codePointAt(at);
      if (!isDigit(c)) {
        start = start >= 0 ? start : at;
      } else if (start >= 0) {
        visitor.word(start, at, false);
        start = -1;
      }
      at += Character.charCount(c);
    }
    if (start >= 0) {
      visitor.word(start, to, false);
    }
  }

  /** The words of a folded text in their order. */
  public static List<String> list(String folded) {
    List<String> words = new ArrayList<>();
    visit(folded, (from, to, digits) -> words.add(folded.substring(from, to)));
    return words;
  }
}
