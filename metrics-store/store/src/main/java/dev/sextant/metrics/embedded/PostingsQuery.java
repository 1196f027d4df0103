package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Matcher;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Finds the series that a list of matchers selects. A matcher that refuses the empty value keeps
 * the series it matches; one that takes the empty value, and so series without the label, removes
 * those whose value it refuses.
 */
final class PostingsQuery {
  private PostingsQuery() {}

  static BitSet select(PostingsIndex index, List<Matcher> matchers, Checkpoint checkpoint) {
    BitSet selected = new BitSet();
    boolean begun = false;
    for (Matcher matcher : matchers) {
      if (!matcher.matches("")) {
        BitSet matching = matching(index, matcher, checkpoint);
        if (begun) {
          selected.and(matching);
        } else {
          selected = matching;
        }
        begun = true;
      }
    }
    if (!begun) {
      index.addAll(selected);
    }
    for (Matcher matcher : matchers) {
      if (matcher.matches("") && !selected.isEmpty()) {
        BitSet refused = new BitSet();
        index.addMatching(
            matcher.name(), "", value -> !matches(matcher, value, checkpoint), refused);
        selected.andNot(refused);
      }
    }
    return selected;
  }

  private static boolean matches(Matcher matcher, String value, Checkpoint checkpoint) {
    checkpoint.step();
    return matcher.matches(value);
  }

  private static BitSet matching(PostingsIndex index, Matcher matcher, Checkpoint checkpoint) {
    BitSet matching = new BitSet();
    if (matcher.type() == Matcher.Type.EQUAL) {
      index.addEqual(matcher.name(), matcher.value(), matching);
      return matching;
    }
    if (matcher.type() != Matcher.Type.REGEX) {
      index.addMatching(matcher.name(), "", value -> matches(matcher, value, checkpoint), matching);
      return matching;
    }
    Optional<List<String>> literals = RegexShape.literals(matcher.value());
    if (literals.isPresent()) {
      literals.get().forEach(value -> index.addEqual(matcher.name(), value, matching));
    } else {
      index.addMatching(
          matcher.name(),
          RegexShape.prefix(matcher.value()),
          value -> matches(matcher, value, checkpoint),
          matching);
    }
    return matching;
  }
}
