package dev.sextant.api.jaeger;

import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.api.trace.SpanConditions;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A tag as a condition on a span: it may stand on the span, its process or one of its logs. Tags
 * that are stored in a place of their own are looked for there too.
 */
final class TagCondition {
  /** Under which names receivers keep what Jaeger's clients and OpenTracing call otherwise. */
  private static final Map<String, String> ALSO =
      Map.of(
          "hostname", "host.name",
          "error.kind", "exception.type",
          "message", "exception.message",
          "stack", "exception.stacktrace");

  private TagCondition() {}

  static FieldExpr of(String key, String value) {
    if (key.isEmpty()) {
      throw ApiException.badRequest("a tag has no key");
    }
    List<FieldExpr> either = new ArrayList<>();
    either.add(SpanConditions.attribute(key, value));
    if (ALSO.containsKey(key)) {
      either.add(SpanConditions.attribute(ALSO.get(key), value));
    }
    switch (key) {
      case "error" -> error(value, either);
      case "span.kind" -> kind(value, either);
      case "otel.status_code" -> status(value, either);
      case "otel.status_description" -> either.add(text(Intrinsic.STATUS_MESSAGE, value));
      case "otel.scope.name", "otel.library.name" ->
          either.add(text(Intrinsic.INSTRUMENTATION_NAME, value));
      case "otel.scope.version", "otel.library.version" ->
          either.add(text(Intrinsic.INSTRUMENTATION_VERSION, value));
      case "event" -> event(value, either);
      case "w3c.tracestate", "internal.span.format" ->
          throw ApiException.badRequest(
              "spans cannot be searched by the tag '" + Params.shown(key) + "'");
      default -> {}
    }
    return SpanConditions.either(either);
  }

  private static FieldExpr text(Intrinsic intrinsic, String value) {
    return SpanConditions.equal(intrinsic, new Static.Text(value));
  }

  private static void error(String value, List<FieldExpr> either) {
    switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> either.add(SpanConditions.error(true));
      case "false" -> either.add(SpanConditions.error(false));
      default -> {}
    }
  }

  private static void kind(String value, List<FieldExpr> either) {
    for (Static.Kind kind : Static.Kind.values()) {
      if (kind.text().equalsIgnoreCase(value)) {
        either.add(SpanConditions.equal(Intrinsic.KIND, kind));
      }
    }
  }

  private static void status(String value, List<FieldExpr> either) {
    for (Static.Status status : Static.Status.values()) {
      if (status.text().equalsIgnoreCase(value)) {
        either.add(SpanConditions.equal(Intrinsic.STATUS, status));
      }
    }
  }

  /** OpenTracing's {@code error} is kept as an exception. */
  private static void event(String value, List<FieldExpr> either) {
    either.add(text(Intrinsic.EVENT_NAME, value));
    if (value.equals("error")) {
      either.add(text(Intrinsic.EVENT_NAME, "exception"));
    }
  }
}
