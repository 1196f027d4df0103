package dev.sextant.api.service;

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
import java.time.Duration;
import java.util.List;

/**
 * {@code /sextant/v1/services/…} as far as it is answered from a service's spans, as {@code
 * openapi.yaml} says.
 */
public final class ServiceSpansApi {
  private final ServiceSpans spans;
  private final OperationQueries operations;
  private final Hues hues;
  private final Duration maxRange;

  /**
   * @param maxRange over which spans are counted ({@code traces.query.max-metrics-range})
   */
  public ServiceSpansApi(
      ServiceSpans spans, OperationQueries operations, Hues hues, Duration maxRange) {
    this.spans = spans;
    this.operations = operations;
    this.hues = hues;
    this.maxRange = maxRange;
  }

  public List<ApiRoute> routes(QueryRunner runner) {
    return List.of(
        route(runner, "/sextant/v1/services/{service}/calls", this::calls),
        route(runner, "/sextant/v1/services/{service}/critical-path", this::criticalPath),
        route(runner, "/sextant/v1/services/{service}/errors", this::errors),
        route(runner, "/sextant/v1/services/{service}/versions", this::versions));
  }

  private static ApiRoute route(QueryRunner runner, String path, QueryRunner.Handler handler) {
    Route route = Route.builder().path(path).methods(HttpMethod.GET).build();
    return new ApiRoute(route, Role.VIEWER, runner.service(ErrorFormat.SEXTANT, handler));
  }

  private HttpResponse calls(Access access, Params params) {
    TimeRange range = range(params);
    int limit = params.integer("limit", 1, CallCount.MOST_GROUPS, 100);
    String operation = params.text("operation").orElse(null);
    OutgoingCalls found = spans.calls(access, range, params.path("service"), operation, limit);
    return JsonAnswer.ok(json -> ServiceSpansJson.calls(json, found, params.elapsedMillis()));
  }

  private HttpResponse criticalPath(Access access, Params params) {
    TimeRange range = range(params);
    int traces = params.integer("traces", 1, OperationQueries.MOST_TRACES, 100);
    int limit = params.integer("limit", 1, CallCount.MOST_GROUPS, 100);
    OperationTime found =
        operations.time(
            access, range, params.path("service"), params.required("operation"), traces, limit);
    return JsonAnswer.ok(
        json -> OperationTimeJson.write(json, found, hues, params.elapsedMillis()));
  }

  private HttpResponse errors(Access access, Params params) {
    TimeRange range = range(params);
    int limit = params.integer("limit", 1, ErrorCount.MOST_GROUPS, 100);
    ErrorCount.Errors found = spans.errors(access, range, params.path("service"), limit);
    return JsonAnswer.ok(json -> ServiceSpansJson.errors(json, found, params.elapsedMillis()));
  }

  private HttpResponse versions(Access access, Params params) {
    VersionCount.Versions found = spans.versions(access, range(params), params.path("service"));
    return JsonAnswer.ok(json -> ServiceSpansJson.versions(json, found, params.elapsedMillis()));
  }

  private TimeRange range(Params params) {
    TimeRange range = params.range();
    if (range.toNanos() - range.fromNanos() > maxRange.toNanos()) {
      throw ApiException.badRequest(
          "spans are counted over %d hours at most (traces.query.max-metrics-range)"
              .formatted(maxRange.toHours()));
    }
    return range;
  }
}
