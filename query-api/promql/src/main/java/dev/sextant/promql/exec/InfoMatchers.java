package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.promql.ast.Expr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which info series {@code info} takes labels from, and which labels.
 *
 * @param names conditions on the info metric's name
 * @param data conditions on its other labels
 */
record InfoMatchers(List<Matcher> names, List<Matcher> data) {
  /** Of the second argument; without it all labels of {@code target_info}. */
  static InfoMatchers of(Expr.@Nullable VectorSelector selector) {
    List<Matcher> names = new ArrayList<>();
    List<Matcher> data = new ArrayList<>();
    if (selector != null) {
      for (Matcher matcher : selector.matchers()) {
        (matcher.name().equals(Labels.NAME) ? names : data).add(matcher);
      }
    }
    boolean positive =
        names.stream()
            .anyMatch(m -> m.type() == Matcher.Type.EQUAL || m.type() == Matcher.Type.REGEX);
    if (names.isEmpty()) {
      names.add(Matcher.equal(Labels.NAME, "target_info"));
    } else if (!positive) {
      names.add(new Matcher(Matcher.Type.REGEX, Labels.NAME, ".+_info"));
    }
    return new InfoMatchers(List.copyOf(names), List.copyOf(data));
  }

  /** Whether a series is an info series itself. */
  boolean isInfo(Labels labels) {
    return names.stream().allMatch(matcher -> matcher.matches(labels));
  }

  List<Matcher> all() {
    List<Matcher> all = new ArrayList<>(names);
    all.addAll(data);
    return all;
  }

  /** Whether a series without any info is left out. */
  boolean requireInfo() {
    return data.stream().anyMatch(matcher -> !matcher.matches(""));
  }

  /** Whether a label of an info series is wanted. */
  boolean takes(String label) {
    return !label.equals(Labels.NAME) && (data.isEmpty() || mentioned().contains(label));
  }

  private Set<String> mentioned() {
    Set<String> mentioned = new HashSet<>();
    data.forEach(matcher -> mentioned.add(matcher.name()));
    return mentioned;
  }
}
