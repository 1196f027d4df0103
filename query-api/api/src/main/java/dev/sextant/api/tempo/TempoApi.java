package dev.sextant.api.tempo;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.ApiRoute;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.api.http.QueryRunner;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.api.trace.TraceQueries;
import java.util.List;

/**
 * Tempo's HTTP API at {@code /tempo/api/…}; {@code docs/tempo.md} says what is served and where it
 * differs.
 */
public final class TempoApi {
  private static final String PREFIX = "/tempo/api";

  private final TraceEndpoints traces;
  private final SearchEndpoint search;
  private final TagEndpoints tags;
  private final ValueEndpoints values;
  private final MetricEndpoints metrics;
  private final StatusEndpoints status;

  /**
   * @param version Sextant's own
   */
  public TempoApi(TraceQueries traces, TraceQlQueries queries, TempoLimits limits, String version) {
    this.traces = new TraceEndpoints(traces, queries, limits);
    this.search = new SearchEndpoint(queries, limits);
    this.tags = new TagEndpoints(queries, limits);
    this.values = new ValueEndpoints(queries, limits);
    this.metrics = new MetricEndpoints(queries, limits);
    this.status = new StatusEndpoints(version);
  }

  public List<ApiRoute> routes(QueryRunner runner) {
    return List.of(
        get(runner, "/traces/{traceId}", traces::v1),
        get(runner, "/v2/traces/{traceId}", traces::v2),
        getOrPost(runner, "/search", search::search),
        get(runner, "/search/tags", tags::v1),
        get(runner, "/v2/search/tags", tags::v2),
        get(runner, "/search/tag/{tagName}/values", values::v1),
        get(runner, "/v2/search/tag/{tagName}/values", values::v2),
        getOrPost(runner, "/metrics/query_range", metrics::range),
        getOrPost(runner, "/metrics/query", metrics::instant),
        get(runner, "/echo", status::echo),
        get(runner, "/status/buildinfo", status::buildInfo));
  }

  private static ApiRoute get(QueryRunner runner, String path, QueryRunner.Handler handler) {
    return route(runner, path, handler, HttpMethod.GET);
  }

  /** Also with the parameters in a form, for what is too long for a URL. */
  private static ApiRoute getOrPost(QueryRunner runner, String path, QueryRunner.Handler handler) {
    return route(runner, path, handler, HttpMethod.GET, HttpMethod.POST);
  }

  private static ApiRoute route(
      QueryRunner runner, String path, QueryRunner.Handler handler, HttpMethod... methods) {
    Route route = Route.builder().path(PREFIX + path).methods(methods).build();
    return new ApiRoute(route, Role.VIEWER, runner.service(ErrorFormat.TEMPO, handler));
  }
}
