package dev.sextant.api.trace;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.ApiRoute;
import dev.sextant.api.Hues;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.api.http.QueryRunner;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.Trace;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.parse.TextLimits;
import java.time.Duration;
import java.util.List;

/** {@code /sextant/v1/traces} and {@code /sextant/v1/spans}, as {@code openapi.yaml} says. */
public final class TraceApi {
  private final TraceQueries queries;
  private final Hues hues;
  private final TextLimits limits;
  private final Duration maxMetricsRange;

  /**
   * @param limits of queries in TraceQL
   * @param maxMetricsRange over which spans are counted ({@code traces.query.max-metrics-range})
   */
  public TraceApi(TraceQueries queries, Hues hues, TextLimits limits, Duration maxMetricsRange) {
    this.queries = queries;
    this.hues = hues;
    this.limits = limits;
    this.maxMetricsRange = maxMetricsRange;
  }

  public List<ApiRoute> routes(QueryRunner runner) {
    return List.of(
        route(runner, "/sextant/v1/traces", this::search),
        route(runner, "/sextant/v1/traces/{traceId}", this::byId),
        route(runner, "/sextant/v1/spans/durations", this::durations),
        route(runner, "/sextant/v1/spans/compare", this::compare),
        route(runner, "/sextant/v1/spans/values/{field}", this::values));
  }

  private static ApiRoute route(QueryRunner runner, String path, QueryRunner.Handler handler) {
    Route route = Route.builder().path(path).methods(HttpMethod.GET).build();
    return new ApiRoute(route, Role.VIEWER, runner.service(ErrorFormat.SEXTANT, handler));
  }

  private HttpResponse search(Access access, Params params) {
    int limit = params.integer("limit", 1, 1_000, 50);
    String page = params.text("page").orElse(null);
    boolean exactTotal = params.bool("exactTotal").orElse(false);
    Query query = TraceFilters.read(params, limits);
    try {
      TracePage found = queries.search(access, params.range(), query, limit, page, exactTotal);
      return JsonAnswer.ok(json -> TraceJson.page(json, found, hues, params.elapsedMillis()));
    } catch (IllegalArgumentException e) {
      throw params.badPage(e);
    }
  }

  private HttpResponse byId(Access access, Params params) {
    TraceId id = traceId(params.path("traceId"));
    Trace trace =
        queries
            .byId(access, id)
            .orElseThrow(() -> ApiException.notFound("no span of trace " + id + " is stored here"));
    return JsonAnswer.ok(json -> TraceJson.trace(json, trace, hues));
  }

  private HttpResponse durations(Access access, Params params) {
    TimeRange range = countedRange(params);
    int columns = params.integer("columns", 1, 240, 60);
    Query query = TraceFilters.read(params, limits);
    Intrinsic of =
        switch (params.text("of").orElse("trace")) {
          case "trace" -> Intrinsic.TRACE_DURATION;
          case "span" -> Intrinsic.DURATION;
          default -> throw Params.bad("of", params.required("of"), "trace or span");
        };
    SpanDurations found = queries.durations(access, range, query, of, columns);
    return JsonAnswer.ok(json -> TraceJson.durations(json, found, params.elapsedMillis()));
  }

  private HttpResponse compare(Access access, Params params) {
    TimeRange range = countedRange(params);
    int limit = params.integer("limit", 1, 100, 20);
    Query query = TraceFilters.read(params, limits);
    SpansetExpr.Filter selection = TraceFilters.selection(params, limits);
    SpanComparison found = queries.compare(access, range, query, selection, limit);
    return JsonAnswer.ok(json -> TraceJson.comparison(json, found, params.elapsedMillis()));
  }

  private TimeRange countedRange(Params params) {
    TimeRange range = params.range();
    if (range.toNanos() - range.fromNanos() > maxMetricsRange.toNanos()) {
      throw ApiException.badRequest(
          "spans are counted over %d hours at most (traces.query.max-metrics-range)"
              .formatted(maxMetricsRange.toHours()));
    }
    return range;
  }

  private HttpResponse values(Access access, Params params) {
    Query query = TraceFilters.read(params, limits);
    int limit = params.integer("limit", 1, 1_000, 100);
    List<String> values =
        queries.values(access, params.range(), query, params.path("field"), limit);
    return JsonAnswer.ok(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("values");
          for (String value : values) {
            json.writeString(value);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static TraceId traceId(String hex) {
    try {
      return TraceId.parse(hex);
    } catch (IllegalArgumentException e) {
      throw Params.bad("traceId", hex, "1 to 32 hexadecimal digits");
    }
  }
}
