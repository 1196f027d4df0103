package dev.sextant.api.zipkin;

import dev.sextant.api.http.ApiException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Zipkin's little grammar: {@code error and http.method=GET}. Terms stand between {@code and}s; one
 * with an equals sign asks for a tag of that value, any other for an annotation or a tag of that
 * name. Of a key that is named twice, the last value holds.
 */
final class AnnotationQuery {
  private static final int MAX_TERMS = 100;

  private AnnotationQuery() {}

  /** Terms in their order; an empty value asks for the key alone. */
  static Map<String, String> read(String text) {
    Map<String, String> terms = new LinkedHashMap<>();
    String[] parts = text.split(" and ", -1);
    if (parts.length > MAX_TERMS) {
      throw ApiException.badRequest(
          "parameter 'annotationQuery' has " + parts.length + " terms; at most " + MAX_TERMS);
    }
    for (String part : parts) {
      int equals = part.indexOf('=');
      String key = (equals < 0 ? part : part.substring(0, equals)).strip();
      if (key.isEmpty()) {
        throw ApiException.badRequest(
            "parameter 'annotationQuery' has a term without a name: '" + part.strip() + "'");
      }
      if (equals < 0) {
        terms.putIfAbsent(key, "");
      } else {
        terms.put(key, part.substring(equals + 1).strip());
      }
    }
    return terms;
  }
}
