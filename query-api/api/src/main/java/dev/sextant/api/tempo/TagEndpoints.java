package dev.sextant.api.tempo;

import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.traceql.parse.LenientFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The names of what spans have: {@code search/tags} and {@code v2/search/tags}. */
final class TagEndpoints {
  /** Intrinsics as Tempo proposes them. */
  private static final List<String> INTRINSICS =
      List.of(
          "duration",
          "event:name",
          "event:timeSinceStart",
          "instrumentation:name",
          "instrumentation:version",
          "kind",
          "name",
          "rootName",
          "rootServiceName",
          "span:duration",
          "span:kind",
          "span:name",
          "span:status",
          "span:statusMessage",
          "status",
          "statusMessage",
          "trace:duration",
          "trace:rootName",
          "trace:rootService",
          "traceDuration");

  private static final String INTRINSIC = "intrinsic";

  private final TraceQlQueries queries;
  private final TempoLimits limits;

  TagEndpoints(TraceQlQueries queries, TempoLimits limits) {
    this.queries = queries;
    this.limits = limits;
  }

  HttpResponse v1(Access access, Params params) throws IOException {
    String scope = params.text("scope").orElse("none");
    Set<String> names = new TreeSet<>();
    Map<String, List<String>> found = find(access, params, scope, SpanCondition.ALL);
    if (!scope.equals(INTRINSIC)) {
      found.remove(INTRINSIC);
    }
    found.values().forEach(names::addAll);
    List<String> limited = names.stream().limit(limit(params)).toList();
    return AnswerFormat.of(params)
        .answer(
            out -> {
              out.texts(1, "tagNames", limited);
              out.message(2, "metrics", metrics -> {});
            });
  }

  HttpResponse v2(Access access, Params params) throws IOException {
    SpanCondition condition =
        params
            .text("q")
            .map(query -> LenientFilter.of(query, limits.queries()))
            .orElse(SpanCondition.ALL);
    Map<String, List<String>> found =
        find(access, params, params.text("scope").orElse("none"), condition);
    return AnswerFormat.of(params)
        .answer(
            out -> {
              out.list(
                  1,
                  "scopes",
                  List.copyOf(found.entrySet()),
                  (scope, entry) -> {
                    scope.text(1, "name", entry.getKey());
                    scope.texts(2, "tags", entry.getValue());
                  });
              out.message(2, "metrics", metrics -> {});
            });
  }

  /** Names by scope, sorted; a scope without any is left out. */
  private Map<String, List<String>> find(
      Access access, Params params, String scope, SpanCondition condition) {
    Set<SpanField.Scope> scopes = scopes(scope);
    TagRange range = TagRange.of(params, limits);
    int limit = limit(params);
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (SpanField.Attribute attribute :
        queries.attributes(
            access, range.fromNanos(), range.toNanos(), scopes, condition, limits.maxTags())) {
      found
          .computeIfAbsent(
              attribute.scope().name().toLowerCase(Locale.ROOT), place -> new ArrayList<>())
          .add(attribute.key());
    }
    if (scope.equals("none") || scope.equals(INTRINSIC)) {
      found.put(INTRINSIC, INTRINSICS);
    }
    found.replaceAll((place, tags) -> tags.stream().limit(limit).toList());
    return found;
  }

  private static Set<SpanField.Scope> scopes(String scope) {
    return switch (scope) {
      case "none" -> EnumSet.allOf(SpanField.Scope.class);
      case INTRINSIC -> EnumSet.noneOf(SpanField.Scope.class);
      case "span", "resource", "event", "link", "instrumentation" ->
          EnumSet.of(SpanField.Scope.valueOf(scope.toUpperCase(Locale.ROOT)));
      default -> throw ApiException.badRequest("invalid scope: " + Params.shown(scope));
    };
  }

  /** How many names of each scope: as asked for, never above what is configured. */
  private int limit(Params params) {
    TempoParams.uint32(params, "maxStaleValues");
    long asked = TempoParams.uint32(params, "limit").orElse(0L);
    return asked == 0 ? limits.maxTags() : (int) Math.min(asked, limits.maxTags());
  }
}
