package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.sextant.storage.elasticsearch.Queries;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition as the cluster can answer it.
 *
 * @param query finds every span that satisfies the condition
 * @param exact whether it finds no other
 * @param everything whether it finds all spans, so that there is nothing to ask
 */
record Pushed(Query query, boolean exact, boolean everything) {
  /** What cannot be asked. */
  static final Pushed UNASKED = new Pushed(Queries.all(), false, true);

  static final Pushed NOTHING = new Pushed(Queries.none(), true, false);

  static Pushed exactly(Query query) {
    return new Pushed(query, true, false);
  }

  /** With others than those that satisfy. */
  static Pushed widely(Query query) {
    return new Pushed(query, false, false);
  }

  static Pushed all(List<Pushed> parts) {
    boolean exact = true;
    List<Query> queries = new ArrayList<>();
    for (Pushed part : parts) {
      exact &= part.exact;
      if (!part.everything) {
        queries.add(part.query);
      }
    }
    return new Pushed(Queries.all(queries), exact, queries.isEmpty());
  }

  static Pushed any(List<Pushed> parts) {
    boolean exact = parts.stream().allMatch(Pushed::exact);
    return parts.stream().anyMatch(Pushed::everything)
        ? new Pushed(Queries.all(), exact, true)
        : new Pushed(Queries.any(parts.stream().map(Pushed::query).toList()), exact, false);
  }
}
