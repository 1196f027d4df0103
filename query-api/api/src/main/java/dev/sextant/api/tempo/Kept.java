package dev.sextant.api.tempo;

import dev.sextant.trace.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which spans of a filtered trace are answered: those that match, and as many generations above and
 * below each of them as are asked for.
 *
 * @param above generations of ancestors; below 0 for all
 * @param below generations of descendants; below 0 for all
 */
record Kept(int above, int below) {
  /** Nothing but the matches. */
  static final Kept MATCHES = new Kept(0, 0);

  /**
   * The spans to answer, in the order of all.
   *
   * @param matches the rows of those that match
   */
  List<Span> of(List<Span> all, Set<Long> matches) {
    Set<Long> kept = new HashSet<>(matches);
    if (above != 0) {
      Map<Long, Span> byId = new HashMap<>();
      all.forEach(span -> byId.putIfAbsent(span.spanId(), span));
      for (Span span : all) {
        if (matches.contains(span.row())) {
          addAncestors(span, byId, kept);
        }
      }
    }
    if (below != 0) {
      addDescendants(all, matches, kept);
    }
    return all.stream().filter(span -> kept.contains(span.row())).toList();
  }

  /** Ends at one that is kept already where that brings its own ancestors along. */
  private void addAncestors(Span span, Map<Long, Span> byId, Set<Long> kept) {
    Span parent = byId.get(span.parentSpanId());
    for (int i = 0; parent != null && i != above; i++) {
      if (!kept.add(parent.row()) && (above < 0 || i >= byId.size())) {
        return;
      }
      parent = byId.get(parent.parentSpanId());
    }
  }

  private void addDescendants(List<Span> all, Set<Long> matches, Set<Long> kept) {
    Map<Long, List<Span>> children = new HashMap<>();
    all.forEach(
        span -> children.computeIfAbsent(span.parentSpanId(), id -> new ArrayList<>()).add(span));
    Set<Long> seen = new HashSet<>(matches);
    List<Span> generation = all.stream().filter(span -> matches.contains(span.row())).toList();
    for (int i = 0; !generation.isEmpty() && i != below; i++) {
      generation =
          generation.stream()
              .flatMap(parent -> children.getOrDefault(parent.spanId(), List.of()).stream())
              .filter(child -> seen.add(child.row()))
              .toList();
      generation.forEach(child -> kept.add(child.row()));
    }
  }
}
