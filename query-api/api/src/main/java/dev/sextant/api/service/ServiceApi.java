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
import java.util.List;

/** {@code /sextant/v1/services} and {@code /sextant/v1/topology}, as {@code openapi.yaml} says. */
public final class ServiceApi {
  private static final long MILLI = 1_000_000L;

  private final ServiceQueries services;
  private final TopologyQueries topology;
  private final Hues hues;

  public ServiceApi(ServiceQueries services, TopologyQueries topology, Hues hues) {
    this.services = services;
    this.topology = topology;
    this.hues = hues;
  }

  public List<ApiRoute> routes(QueryRunner runner) {
    return List.of(
        route(runner, "/sextant/v1/services", this::services),
        route(runner, "/sextant/v1/services/{service}", this::service),
        route(runner, "/sextant/v1/topology", this::topology),
        route(runner, "/sextant/v1/topology/difference", this::difference),
        route(runner, "/sextant/v1/topology/timeline", this::timeline));
  }

  private static ApiRoute route(QueryRunner runner, String path, QueryRunner.Handler handler) {
    Route route = Route.builder().path(path).methods(HttpMethod.GET).build();
    return new ApiRoute(route, Role.VIEWER, runner.service(ErrorFormat.SEXTANT, handler));
  }

  private HttpResponse services(Access access, Params params) {
    ServiceQueries.Services found = services.services(access, params.range());
    return JsonAnswer.ok(json -> ServiceJson.services(json, found, hues, params.elapsedMillis()));
  }

  private HttpResponse service(Access access, Params params) {
    String name = params.path("service");
    ServiceQueries.ServiceDetail detail =
        services
            .service(access, params.range(), name)
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "nothing was heard of a service '" + name + "' in this range"));
    return JsonAnswer.ok(json -> ServiceJson.detail(json, detail, hues));
  }

  private HttpResponse topology(Access access, Params params) {
    Topology graph = topology.topology(access, params.range(), edges(params));
    return JsonAnswer.ok(json -> TopologyJson.topology(json, graph, hues, params.elapsedMillis()));
  }

  private HttpResponse difference(Access access, Params params) {
    TimeRange range = params.range();
    TopologyDifference found =
        topology.difference(access, range, base(params, range), thresholds(params), edges(params));
    return JsonAnswer.ok(
        json -> TopologyJson.difference(json, found, hues, params.elapsedMillis()));
  }

  private HttpResponse timeline(Access access, Params params) {
    TopologyQueries.Timeline timeline = topology.timeline(access, params.range());
    return JsonAnswer.ok(json -> TopologyJson.timeline(json, timeline));
  }

  private static int edges(Params params) {
    int most = TopologyQueries.MAX_EDGES;
    return params.integer("maxEdges", 1, most, most);
  }

  /** By default the range before, of the same length. */
  private static TimeRange base(Params params, TimeRange range) {
    long from = range.fromNanos() / MILLI;
    long to = params.time("baseTo").orElse(from);
    long start = params.time("baseFrom").orElse(to - (range.toNanos() / MILLI - from));
    if (start > to) {
      throw ApiException.badRequest("'baseFrom' (" + start + ") lies after 'baseTo' (" + to + ")");
    }
    try {
      return TimeRange.ofMillis(start, to);
    } catch (ArithmeticException e) {
      throw ApiException.badRequest(
          "'baseFrom' and 'baseTo' must lie between the years 1678 and 2262");
    }
  }

  private static TopologyDifference.Thresholds thresholds(Params params) {
    int percent = params.integer("changePercent", 1, 10_000, 30);
    return TopologyDifference.Thresholds.DEFAULT.withRelative(percent / 100.0);
  }
}
