package dev.sextant.api.tempo;

import dev.sextant.traceql.ast.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The search that came before TraceQL, as the TraceQL that finds the same: traces of which, for
 * each tag, some span or its resource has an attribute of that name with the value in its text,
 * whatever the case; a value that is a number or a boolean is also looked for as such.
 */
final class TagSearch {
  private static final String SPECIAL = "\\.+*?()|[]{}^$";

  private TagSearch() {}

  /**
   * A query.
   *
   * @param minNanos and {@code maxNanos}: bounds of the trace's duration; 0 for none
   * @throws IllegalArgumentException naming a tag that has a value it cannot have
   */
  static String query(Map<String, String> tags, long minNanos, long maxNanos) {
    List<String> spansets = new ArrayList<>();
    tags.forEach((name, value) -> spansets.add(spanset(condition(name, value))));
    List<String> durations = new ArrayList<>();
    if (minNanos > 0) {
      durations.add("traceDuration >= " + minNanos + "ns");
    }
    if (maxNanos > 0) {
      durations.add("traceDuration <= " + maxNanos + "ns");
    }
    if (!durations.isEmpty()) {
      spansets.add(spanset(String.join(" && ", durations)));
    }
    return spansets.isEmpty() ? "{}" : String.join(" && ", spansets);
  }

  private static String spanset(String condition) {
    return "{ " + condition + " }";
  }

  private static String condition(String name, String value) {
    return switch (name) {
      case "name" -> contains("name", value);
      case "root.name" -> contains("rootName", value);
      case "root.service.name" -> contains("rootServiceName", value);
      case "service.name" -> contains("resource.service.name", value);
      case "status.code" -> "status = " + status(value);
      default -> anywhere(name, value);
    };
  }

  private static String status(String value) {
    if (!List.of("unset", "ok", "error").contains(value)) {
      throw new IllegalArgumentException(
          "status.code is " + GoText.quote(value) + "; it must be unset, ok or error");
    }
    return value;
  }

  private static String anywhere(String name, String value) {
    List<String> either = new ArrayList<>();
    for (Attribute.Scope scope : List.of(Attribute.Scope.SPAN, Attribute.Scope.RESOURCE)) {
      String field = new Attribute(scope, name).text();
      either.add(contains(field, value));
      if (value.matches("-?\\d{1,18}|true|false")) {
        either.add(field + " = " + value);
      }
      if (value.isEmpty()) {
        either.add(field + " != nil");
      }
    }
    return String.join(" || ", either);
  }

  private static String contains(String field, String value) {
    StringBuilder regex = new StringBuilder("(?i).*");
    value
        .chars()
        .forEach(
            c -> {
              if (SPECIAL.indexOf(c) >= 0) {
                regex.append('\\');
              }
              regex.append((char) c);
            });
    return field + " =~ " + GoText.quote(regex + ".*");
  }
}
