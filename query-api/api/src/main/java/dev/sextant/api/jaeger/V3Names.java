package dev.sextant.api.jaeger;

import dev.sextant.api.http.Params;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Names of the third version's parameters, which are written in snake or in camel case. */
final class V3Names {
  /** In two parts, for it is no setting of queries. */
  static final String ATTRIBUTES = "query." + "attributes";

  static final Set<String> SEARCH =
      both(
          "query.service_name",
          "query.operation_name",
          ATTRIBUTES,
          "query.start_time_min",
          "query.start_time_max",
          "query.duration_min",
          "query.duration_max",
          "query.search_depth",
          "query.num_traces",
          "query.raw_traces");

  static final Set<String> TRACE = both("start_time", "end_time", "raw_traces");
  static final Set<String> OPERATIONS = both("service", "span_kind");

  private V3Names() {}

  private static Set<String> both(String... names) {
    Set<String> all = new TreeSet<>(Arrays.asList(names));
    for (String name : names) {
      all.add(camel(name));
    }
    return all;
  }

  /** The name under which a parameter was sent; the snake case where it was not. */
  static String given(Params params, String snakeName) {
    String camel = camel(snakeName);
    return params.text(camel).isPresent() ? camel : snakeName;
  }

  private static String camel(String snakeName) {
    StringBuilder camel = new StringBuilder();
    boolean upper = false;
    for (char c : snakeName.toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        camel.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return camel.toString();
  }
}
