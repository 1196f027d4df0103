package dev.sextant.api.tempo;

import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.traceql.SearchAnswer;
import dev.sextant.traceql.SearchRequest;
import dev.sextant.traceql.ast.MetricsExpr;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.parse.QueryException;
import dev.sextant.traceql.parse.TraceQlParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code search}: by a query in TraceQL or, the older form, by tags. */
final class SearchEndpoint {
  private static final int DEFAULT_LIMIT = 20;
  private static final int DEFAULT_SPANS = 3;

  /** Parameters that are never taken for tags. */
  private static final Set<String> RESERVED =
      Set.of("q", "tags", "minDuration", "maxDuration", "limit", "spss", "start", "end");

  private final TraceQlQueries queries;
  private final TempoLimits limits;

  SearchEndpoint(TraceQlQueries queries, TempoLimits limits) {
    this.queries = queries;
    this.limits = limits;
  }

  /** Checks in Tempo's order, so that of several mistakes the same one is told. */
  HttpResponse search(Access access, Params params) throws IOException {
    long start = TempoParams.uint32(params, "start").orElse(0L);
    long end = TempoParams.uint32(params, "end").orElse(0L);
    String text = query(params, start == 0 && end == 0);
    long limit = TempoParams.uint32(params, "limit").orElse((long) DEFAULT_LIMIT);
    if (limit == 0) {
      throw TempoParams.invalid("limit", "must be a positive number");
    }
    long asked = TempoParams.uint32(params, "spss").orElse(0L);
    long spans = asked == 0 ? Math.min(DEFAULT_SPANS, limits.maxSpansPerSet()) : asked;
    TempoParams.Seconds.checked(start, end);
    if (limit > limits.maxTraces()) {
      throw ApiException.badRequest(
          "limit %d exceeds max limit %d; raise traces.query.max-traces"
              .formatted(limit, limits.maxTraces()));
    }
    Query query = parse(text);
    TagRange range = TagRange.of(start, end, limits);
    if (spans > limits.maxSpansPerSet()) {
      throw ApiException.badRequest(
          "spans per span set exceeds %d. received %d; raise traces.query.max-spans-per-set"
              .formatted(limits.maxSpansPerSet(), spans));
    }
    SearchAnswer answer =
        queries.search(
            access,
            SearchRequest.of(query, range.fromNanos(), range.toNanos(), (int) limit, (int) spans));
    return AnswerFormat.of(params).answer(out -> SearchMessage.write(out, answer));
  }

  private Query parse(String text) {
    try {
      Query query = TraceQlParser.parse(text, limits.queries());
      if (query.body() instanceof Query.Body.Metrics(MetricsExpr expr)) {
        throw ApiException.badRequest(
            expr instanceof MetricsExpr.Math
                ? "math expressions not supported"
                : "invalid TraceQL query: a metrics query is no search; ask metrics/query_range or"
                    + " metrics/query");
      }
      return query;
    } catch (QueryException e) {
      throw ApiException.badRequest("invalid TraceQL query: " + e.getMessage());
    }
  }

  /**
   * The query, or what stands for one in the older form.
   *
   * @param loose whether parameters of no other meaning are tags, as the oldest clients send them
   */
  private static String query(Params params, boolean loose) {
    String query = params.text("q").orElse("");
    String encoded = params.text("tags").orElse("");
    if (!query.isEmpty() && !encoded.isEmpty()) {
      throw ApiException.badRequest("invalid request: can't specify tags and q in the same query");
    }
    Map<String, String> tags = tags(params, encoded, query.isEmpty() && loose);
    long min = duration(params, "minDuration");
    long max = duration(params, "maxDuration");
    if (max != 0 && min > max) {
      throw TempoParams.invalid("maxDuration", "must be greater than minDuration");
    }
    if (!query.isEmpty()) {
      return query;
    }
    try {
      return TagSearch.query(tags, min, max);
    } catch (IllegalArgumentException e) {
      throw TempoParams.invalid("tags", String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> tags(Params params, String encoded, boolean loose) {
    if (!encoded.isEmpty() || !loose) {
      try {
        return Logfmt.read(encoded);
      } catch (IllegalArgumentException e) {
        throw TempoParams.invalid("tags", String.valueOf(e.getMessage()));
      }
    }
    Map<String, String> tags = new LinkedHashMap<>();
    for (String name : params.names()) {
      if (!RESERVED.contains(name)) {
        params.text(name).ifPresent(value -> tags.put(name, value));
      }
    }
    return tags;
  }

  private static long duration(Params params, String name) {
    try {
      return params.text(name).map(GoDuration::parse).orElse(0L);
    } catch (IllegalArgumentException e) {
      throw TempoParams.invalid(name, String.valueOf(e.getMessage()));
    }
  }
}
