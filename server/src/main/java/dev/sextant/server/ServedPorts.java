package dev.sextant.server;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.ApiRoute;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.collector.Collector;
import dev.sextant.server.config.ServerConfig.Ports;
import dev.sextant.server.http.GuardedRoute;
import dev.sextant.server.http.HttpPort;
import dev.sextant.server.http.ServedPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Which routes stand at which port. */
final class ServedPorts {
  private static final long MAX_QUERY_BODY = 4 << 20;

  private ServedPorts() {}

  /**
   * The API's port, then OTLP's, then the well-known ones that are switched on.
   *
   * @param ready whether what was acknowledged before a crash is in the stores again
   */
  static List<ServedPort> all(
      Ports settings,
      BooleanSupplier ready,
      IngestDoor ingest,
      SelfMetrics self,
      List<ApiRoute> queries) {
    List<GuardedRoute> health =
        List.of(health("/-/healthy", () -> true, "alive"), health("/-/ready", ready, "ready"));
    List<GuardedRoute> otlp = new ArrayList<>();
    ingest.otlp().forEach((route, service) -> otlp.add(taking(route, service)));
    List<GuardedRoute> api = new ArrayList<>(otlp);
    ingest.others().forEach((route, service) -> api.add(taking(route, service)));
    api.add(self.route());
    queries.forEach(
        route -> api.add(new GuardedRoute(route.route(), route.role(), route.service())));
    List<ServedPort> ports = new ArrayList<>();
    ports.add(apiPort(settings, with(health, api)));
    ports.add(otlpPorts(settings, with(health, otlp)));
    ports.addAll(WellKnownPort.of(settings, health, api, MAX_QUERY_BODY));
    return ports;
  }

  private static ServedPort apiPort(Ports settings, List<GuardedRoute> routes) {
    return new ServedPort(
        Map.of("http", settings.http()),
        routes,
        HttpPort.notFound(ErrorFormat::of),
        ErrorFormat::of,
        MAX_QUERY_BODY);
  }

  private static ServedPort otlpPorts(Ports settings, List<GuardedRoute> routes) {
    Map<String, Integer> names = new LinkedHashMap<>();
    names.put("otlp_grpc", settings.otlpGrpc());
    names.put("otlp_http", settings.otlpHttp());
    return new ServedPort(names, routes, Collector::otlpNotFound, ErrorFormat::of, 0);
  }

  private static List<GuardedRoute> with(List<GuardedRoute> health, List<GuardedRoute> others) {
    List<GuardedRoute> all = new ArrayList<>(health);
    all.addAll(others);
    return all;
  }

  private static GuardedRoute taking(Route route, HttpService service) {
    return new GuardedRoute(route, Role.INGEST, service);
  }

  private static GuardedRoute health(String path, BooleanSupplier holds, String name) {
    Route route = Route.builder().exact(path).methods(HttpMethod.GET, HttpMethod.HEAD).build();
    return new GuardedRoute(
        route,
        null,
        (ctx, request) ->
            holds.getAsBoolean()
                ? HttpResponse.of(
                    HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, "Sextant is " + name + ".\n")
                : HttpResponse.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    MediaType.PLAIN_TEXT_UTF_8,
                    "Sextant is not " + name + " yet: stores catch up with their journals.\n"));
  }
}
