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
import java.util.List;

/** {@code /sextant/v1/services} and {@code /sextant/v1/topology}, as {@code openapi.yaml} says. */
public final class ServiceApi {
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
        route(runner, "/sextant/v1/topology", this::topology));
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
    TopologyQueries.Topology graph = topology.topology(access, params.range());
    return JsonAnswer.ok(json -> ServiceJson.topology(json, graph, hues, params.elapsedMillis()));
  }
}
