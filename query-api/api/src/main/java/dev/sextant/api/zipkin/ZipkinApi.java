package dev.sextant.api.zipkin;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.ApiRoute;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.api.http.QueryRunner;
import dev.sextant.api.service.TopologyQueries;
import dev.sextant.api.tempo.TempoLimits;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.api.trace.TraceQueries;
import java.util.List;

/**
 * Zipkin's query API at {@code /zipkin/api/v2/…} and what its user interface asks beside it; {@code
 * docs/zipkin.md} says what is served and where it differs.
 */
public final class ZipkinApi {
  private static final String PREFIX = "/zipkin";

  private final NameEndpoints names;
  private final TraceEndpoints traces;
  private final SearchEndpoint search;
  private final DependencyEndpoint dependencies;
  private final StatusEndpoints status;

  /**
   * @param limits of {@code traces.query}
   * @param version Sextant's own
   */
  public ZipkinApi(
      TraceQueries traces,
      TraceQlQueries queries,
      TopologyQueries topology,
      TempoLimits limits,
      String version) {
    this.names = new NameEndpoints(queries, limits);
    this.traces = new TraceEndpoints(traces, limits);
    this.search = new SearchEndpoint(traces, queries, limits);
    this.dependencies = new DependencyEndpoint(topology, limits);
    this.status = new StatusEndpoints(version);
  }

  public List<ApiRoute> routes(QueryRunner runner) {
    return List.of(
        get(runner, "/api/v2/services", names::services),
        get(runner, "/api/v2/spans", names::spans),
        get(runner, "/api/v2/remoteServices", names::remoteServices),
        get(runner, "/api/v2/autocompleteKeys", names::keys),
        get(runner, "/api/v2/autocompleteValues", names::values),
        get(runner, "/api/v2/traces", search::search),
        get(runner, "/api/v2/trace/{traceId}", traces::one),
        get(runner, "/api/v2/traceMany", traces::many),
        get(runner, "/api/v2/dependencies", dependencies::links),
        get(runner, "/config.json", status::config),
        get(runner, "/info", status::info),
        get(runner, "/health", status::health));
  }

  private static ApiRoute get(QueryRunner runner, String path, QueryRunner.Handler handler) {
    Route route = Route.builder().path(PREFIX + path).methods(HttpMethod.GET).build();
    return new ApiRoute(route, Role.VIEWER, runner.service(ErrorFormat.ZIPKIN, handler));
  }
}
