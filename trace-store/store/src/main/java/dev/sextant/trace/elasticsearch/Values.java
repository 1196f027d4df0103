package dev.sextant.trace.elasticsearch;

import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.trace.model.SpanField.Scope;
import java.util.List;

/** How many values a span has in a field, and how "all of them differ" is asked. */
enum Values {
  /** One, or none. */
  ONE,

  /** One, or those of one list, of which each must differ. */
  LIST,

  /** One or a list for each event or link, of which some must differ. */
  MANY;

  static Values of(Scope scope) {
    return switch (scope) {
      case SPAN, RESOURCE, INSTRUMENTATION -> LIST;
      case EVENT, LINK -> MANY;
    };
  }

  /**
   * Spans with a value that is none of some.
   *
   * @param excluded all that it must not be; empty where that cannot be told here
   */
  Pushed not(String field, List<String> excluded) {
    if (this == MANY || excluded.isEmpty()) {
      return Pushed.widely(Queries.exists(field));
    }
    var query = Queries.all(Queries.exists(field), Queries.not(Queries.terms(field, excluded)));
    return this == ONE ? Pushed.exactly(query) : Pushed.widely(query);
  }
}
