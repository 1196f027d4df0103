package dev.sextant.api.jaeger;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.ApiRoute;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.api.http.QueryRunner;
import dev.sextant.api.metric.MetricReader;
import dev.sextant.api.service.TopologyQueries;
import dev.sextant.api.tempo.TempoLimits;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.api.trace.TraceQueries;
import java.util.List;

/**
 * Jaeger's query API, first and third version, at {@code /jaeger/api/…}; {@code docs/jaeger.md}
 * says what is served and where it differs.
 */
public final class JaegerApi {
  private static final String PREFIX = "/jaeger/api";

  private final NameEndpoints names;
  private final TraceEndpoints traces;
  private final DependencyEndpoint dependencies;
  private final MetricEndpoints metrics;

  /**
   * @param limits of traces and names in one answer, which Tempo's API has too
   */
  public JaegerApi(
      TraceQueries traces,
      TraceQlQueries queries,
      TopologyQueries topology,
      MetricReader metrics,
      TempoLimits limits) {
    this.names = new NameEndpoints(queries, limits);
    this.traces = new TraceEndpoints(traces, queries, limits);
    this.dependencies = new DependencyEndpoint(topology);
    this.metrics = new MetricEndpoints(metrics);
  }

  public List<ApiRoute> routes(QueryRunner runner) {
    return List.of(
        v1(runner, "/services", names::services),
        v1(runner, "/services/{service}/operations", names::ofService),
        v1(runner, "/operations", names::operations),
        v1(runner, "/traces", traces::search),
        v1(runner, "/traces/{traceId}", traces::byId),
        v1(runner, "/dependencies", dependencies::dependencies),
        v1(runner, "/metrics/latencies", metrics::latencies),
        v1(runner, "/metrics/calls", metrics::calls),
        v1(runner, "/metrics/errors", metrics::errors),
        v1(runner, "/metrics/minstep", metrics::minStep),
        v3(runner, "/services", names::servicesV3),
        v3(runner, "/operations", names::operationsV3),
        v3(runner, "/traces", traces::searchV3),
        v3(runner, "/traces/{traceId}", traces::byIdV3));
  }

  private static ApiRoute v1(QueryRunner runner, String path, QueryRunner.Handler handler) {
    return route(runner, PREFIX + path, ErrorFormat.JAEGER, handler);
  }

  private static ApiRoute v3(QueryRunner runner, String path, QueryRunner.Handler handler) {
    return route(runner, PREFIX + "/v3" + path, ErrorFormat.JAEGER_V3, handler);
  }

  private static ApiRoute route(
      QueryRunner runner, String path, ErrorFormat errors, QueryRunner.Handler handler) {
    Route route = Route.builder().path(path).methods(HttpMethod.GET).build();
    return new ApiRoute(route, Role.VIEWER, runner.service(errors, handler));
  }
}
