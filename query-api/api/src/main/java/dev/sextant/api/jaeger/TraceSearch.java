package dev.sextant.api.jaeger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.api.tempo.TempoLimits;
import dev.sextant.api.trace.SpanConditions;
import dev.sextant.traceql.SearchRequest;
import dev.sextant.traceql.ast.FieldExpr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the parameters of a search, in either version of the API, as a query in TraceQL. */
final class TraceSearch {
  static final Set<String> V1 =
      Set.of(
          "service",
          "operation",
          "tag",
          "tags",
          "minDuration",
          "maxDuration",
          "start",
          "end",
          "lookback",
          "limit",
          "traceID",
          "raw",
          "prettyPrint");

  static final int DEFAULT_LIMIT = 100;
  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final long DEFAULT_LOOKBACK = 2 * DAY_NANOS;
  private static final Pattern LOOKBACK = Pattern.compile("(\\d{1,6})([smhdw])");
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
              .build());

  private final Params params;
  private final TempoLimits limits;
  private final List<FieldExpr> conditions = new ArrayList<>();

  private TraceSearch(Params params, TempoLimits limits) {
    this.params = params;
    this.limits = limits;
  }

  static SearchRequest v1(Params params, TempoLimits limits) {
    return new TraceSearch(params, limits).v1();
  }

  static SearchRequest v3(Params params, TempoLimits limits) {
    return new TraceSearch(params, limits).v3();
  }

  private SearchRequest v1() {
    names(params.text("service"), params.text("operation"));
    Map<String, String> tags = new LinkedHashMap<>();
    params.all("tag").forEach(tag -> simple(tag, tags));
    params.all("tags").forEach(json -> map("tags", json, tags));
    tags(tags);
    durations(
        JaegerParams.duration(params, "minDuration"), JaegerParams.duration(params, "maxDuration"));
    long to = JaegerParams.micros(params, "end").orElse(nowNanos());
    long from = JaegerParams.micros(params, "start").orElse(Math.max(0, to - lookback()));
    return request(from, to, "limit");
  }

  private SearchRequest v3() {
    names(text("query.service_name"), text("query.operation_name"));
    Map<String, String> tags = new LinkedHashMap<>();
    params.text(V3Names.ATTRIBUTES).ifPresent(json -> map(V3Names.ATTRIBUTES, json, tags));
    tags(tags);
    durations(
        JaegerParams.duration(params, V3Names.given(params, "query.duration_min")),
        JaegerParams.duration(params, V3Names.given(params, "query.duration_max")));
    long to =
        JaegerParams.instant(params, V3Names.given(params, "query.start_time_max"))
            .orElse(nowNanos());
    long from =
        JaegerParams.instant(params, V3Names.given(params, "query.start_time_min"))
            .orElse(Math.max(0, to - DEFAULT_LOOKBACK));
    String depth = V3Names.given(params, "query.search_depth");
    return request(from, to, params.text(depth).isPresent() ? depth : "query.num_traces");
  }

  private Optional<String> text(String snakeName) {
    return params.text(V3Names.given(params, snakeName));
  }

  private long nowNanos() {
    return params.nowMillis() * 1_000_000;
  }

  /** As Jaeger's page sends it beside start and end: {@code custom} says nothing more. */
  private long lookback() {
    String text = params.text("lookback").orElse("custom");
    if (text.equals("custom")) {
      return DEFAULT_LOOKBACK;
    }
    Matcher form = LOOKBACK.matcher(text);
    if (!form.matches()) {
      throw Params.bad("lookback", text, "a length of time such as 30m, 2h or 7d");
    }
    long unit =
        switch (form.group(2)) {
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          case "d" -> DAY_NANOS;
          default -> 7 * DAY_NANOS;
        };
    long longest = Long.MAX_VALUE / unit;
    return Math.min(longest, Long.parseLong(form.group(1))) * unit;
  }

  private void names(Optional<String> service, Optional<String> operation) {
    service.map(SpanConditions::service).ifPresent(conditions::add);
    operation.map(SpanConditions::operation).ifPresent(conditions::add);
  }

  private static void simple(String tag, Map<String, String> tags) {
    int colon = tag.indexOf(':');
    if (colon < 0) {
      throw Params.bad("tag", tag, "key:value");
    }
    tags.put(tag.substring(0, colon), tag.substring(colon + 1));
  }

  private static void map(String name, String text, Map<String, String> tags) {
    try {
      JsonNode json = JSON.readTree(text);
      if (json != null && json.isObject()) {
        json.properties().forEach(tag -> tags.put(tag.getKey(), value(name, tag.getValue())));
        return;
      }
    } catch (JsonProcessingException e) {
      throw Params.bad(name, text, "a JSON object: " + e.getOriginalMessage());
    }
    throw Params.bad(name, text, "a JSON object of tags and their values");
  }

  private static String value(String name, JsonNode value) {
    if (!value.isValueNode() || value.isNull()) {
      throw Params.bad(name, value.toString(), "an object whose values are texts");
    }
    return value.asText();
  }

  private void tags(Map<String, String> tags) {
    long length = 0;
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      length += tag.getKey().length() + tag.getValue().length();
    }
    if (length > limits.queries().maxBytes()) {
      throw ApiException.badRequest(
          "the tags have %d characters, at most %d are taken; raise traces.query.max-query-bytes"
              .formatted(length, limits.queries().maxBytes()));
    }
    tags.forEach((key, value) -> conditions.add(TagCondition.of(key, value)));
  }

  private void durations(Optional<Long> min, Optional<Long> max) {
    if (min.isPresent() && max.isPresent() && max.get() < min.get()) {
      throw ApiException.badRequest("'maxDuration' should be greater than 'minDuration'");
    }
    min.filter(nanos -> nanos > 0).map(SpanConditions::atLeast).ifPresent(conditions::add);
    max.filter(nanos -> nanos > 0).map(SpanConditions::atMost).ifPresent(conditions::add);
  }

  private SearchRequest request(long from, long to, String limitName) {
    if (from > to) {
      throw ApiException.badRequest("the search begins after its end");
    }
    int limit =
        (int)
            (long)
                JaegerParams.whole(params, limitName, "a number")
                    .map(wanted -> checkedLimit(limitName, wanted))
                    .orElse((long) DEFAULT_LIMIT);
    return SearchRequest.of(SpanConditions.query(conditions), from, to, limit, 1);
  }

  private long checkedLimit(String name, long wanted) {
    if (wanted < 1) {
      throw Params.bad(name, Long.toString(wanted), "at least 1");
    }
    if (wanted > limits.maxTraces()) {
      throw ApiException.badRequest(
          "parameter '%s' is %d, at most %d traces are answered; raise traces.query.max-traces"
              .formatted(name, wanted, limits.maxTraces()));
    }
    return wanted;
  }
}
