package dev.sextant.trace.elasticsearch;

import dev.sextant.storage.elasticsearch.IndexText;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Scope;
import org.jspecify.annotations.Nullable;

/** Where documents of spans have attributes. */
final class AttributeFields {
  /** Behind the name of a scope's field: booleans, and values that queries have no type for. */
  static final String OTHER = "_other";

  /** Behind the name of a scope's field: numbers as {@link NumberKey} writes them. */
  static final String NUMBER = "_number";

  private AttributeFields() {}

  /** The field for a scope's texts, which begins the names of the others. */
  static String of(Scope scope) {
    return switch (scope) {
      case SPAN -> "attributes";
      case RESOURCE -> "resource";
      case INSTRUMENTATION -> "scope";
      case EVENT -> "event";
      case LINK -> "link";
    };
  }

  /** An attribute as a term of the field {@code keys}. */
  static String key(Scope scope, String key) {
    return of(scope) + ":" + IndexText.key(key);
  }

  /** The attribute that a term of the field {@code keys} names; null for one of another version. */
  static SpanField.@Nullable Attribute attribute(String term) {
    int colon = term.indexOf(':');
    for (Scope scope : Scope.values()) {
      if (colon > 0 && term.substring(0, colon).equals(of(scope))) {
        return new SpanField.Attribute(scope, term.substring(colon + 1));
      }
    }
    return null;
  }

  /**
   * Whether documents name a key as it is, so that what is found under the name is the key's: a NUL
   * is written as U+FFFD.
   */
  static boolean isPlain(String key) {
    return key.indexOf('\0') < 0 && key.indexOf('\uFFFD') < 0;
  }
}
