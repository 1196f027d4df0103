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

  /** The spans to answer, in the order of all. */
  List<Span> of(List<Span> all, Set<Span> matches) {
    Set<Span> kept = new HashSet<>(matches);
    if (above != 0) {
      Map<Long, Span> byId = new HashMap<>();
      all.forEach(span -> byId.putIfAbsent(span.spanId(), span));
      matches.forEach(span -> addAncestors(span, byId, kept));
    }
    if (below != 0) {
      Map<Long, List<Span>> children = new HashMap<>();
      all.forEach(
          span -> children.computeIfAbsent(span.parentSpanId(), id -> new ArrayList<>()).add(span));
      addDescendants(matches, children, kept);
    }
    return all.stream().filter(kept::contains).toList();
  }

  private void addAncestors(Span span, Map<Long, Span> byId, Set<Span> kept) {
    Set<Span> seen = new HashSet<>();
    Span parent = byId.get(span.parentSpanId());
    for (int i = 0; parent != null && seen.add(parent) && i != above; i++) {
      kept.add(parent);
      parent = byId.get(parent.parentSpanId());
    }
  }

  private void addDescendants(Set<Span> matches, Map<Long, List<Span>> children, Set<Span> kept) {
    Set<Span> seen = new HashSet<>(matches);
    List<Span> generation = List.copyOf(matches);
    for (int i = 0; !generation.isEmpty() && i != below; i++) {
      List<Span> next = new ArrayList<>();
      for (Span parent : generation) {
        for (Span child : children.getOrDefault(parent.spanId(), List.of())) {
          if (seen.add(child)) {
            next.add(child);
          }
        }
      }
      kept.addAll(next);
      generation = next;
    }
  }
}
