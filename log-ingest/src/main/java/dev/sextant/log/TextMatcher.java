package dev.sextant.log;

import dev.sextant.storage.block.TermMatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A text filter made ready: what a block's terms and bloom filter must hold for any of its lines to
 * match, and the check of a line itself.
 */
final class TextMatcher {
  private final String text;
  private final List<String> words;
  private final boolean inWords;
  private final List<TermMatch> terms = new ArrayList<>();
  private final List<Long> keys = new ArrayList<>();

  TextMatcher(LogFilter.Text filter) {
    this.text = Words.fold(filter.text());
    this.words = Words.list(text);
    this.inWords = filter.match() == LogFilter.TextMatch.WORDS && !words.isEmpty();
    Words.visit(text, this::require);
  }

  private void require(int from, int to, boolean digits) {
    boolean before = !inWords && from == 0;
    boolean after = !inWords && to == text.length();
    boolean ideograph = Character.isIdeographic(text.codePointAt(from));
    if ((!before && !after) || ideograph) {
      requireWord(text.substring(from, to), digits);
      return;
    }
    Words.visitLetterRuns(
        text,
        from,
        to,
        (runFrom, runTo, none) -> {
          if (runTo - runFrom >= LogKeys.MIN_RUN && runTo - runFrom <= LogKeys.MAX_TERM) {
            terms.add(
                new TermMatch(
                    text.substring(runFrom, runTo),
                    before && runFrom == from,
                    after && runTo == to));
          }
        });
  }

  private void requireWord(String word, boolean digits) {
    if (digits || word.length() > LogKeys.MAX_TERM) {
      keys.add(LogKeys.ofWord(word));
    } else {
      terms.add(TermMatch.exact(word));
    }
  }

  /** All must be among a block's terms. */
  List<TermMatch> terms() {
    return terms;
  }

  /** All must be in a block's bloom filter. */
  List<Long> keys() {
    return keys;
  }

  /**
   * @param folded a line's body after {@link Words#fold}
   */
  boolean matches(String folded) {
    if (!inWords) {
      return folded.contains(text);
    }
    if (!folded.contains(words.getFirst())) {
      return false;
    }
    Sequence sequence = new Sequence(folded, words);
    Words.visit(folded, sequence);
    return sequence.found;
  }

  /** Looks for words that follow each other. */
  private static final class Sequence implements Words.Visitor {
    private final String folded;
    private final List<String> wanted;
    private final List<int[]> seen = new ArrayList<>();
    private boolean found;

    Sequence(String folded, List<String> wanted) {
      this.folded = folded;
      this.wanted = wanted;
    }

    @Override
    public void word(int from, int to, boolean digits) {
      if (found) {
        return;
      }
      seen.add(new int[] {from, to});
      int first = seen.size() - wanted.size();
      if (first < 0) {
        return;
      }
      for (int i = 0; i < wanted.size(); i++) {
        int[] word = seen.get(first + i);
        String expected = wanted.get(i);
        if (word[1] - word[0] != expected.length() || !folded.startsWith(expected, word[0])) {
          return;
        }
      }
      found = true;
    }
  }
}
