package dev.sextant.server;

import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.RouteBuilder;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.collector.Collector;
import dev.sextant.server.config.ServerConfig.Ports;
import dev.sextant.server.http.GuardedRoute;
import dev.sextant.server.http.HttpPort;
import dev.sextant.server.http.ServedPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A port on which other products serve an API at the root, so that their clients need another host
 * and nothing else. It has that API's routes of the API port, by the same services and behind the
 * same guards, and health. There is none until {@code listen.ports} gives it a number; its name
 * there is the constant's in kebab case.
 */
enum WellKnownPort {
  /** Tempo's HTTP API, in Tempo at 3200. */
  TEMPO(Ports::tempo, "/tempo", below("/tempo")),
  /** Jaeger's query API, in Jaeger at 16686. */
  JAEGER_QUERY(Ports::jaegerQuery, "/jaeger", below("/jaeger").and(isFor(Role.VIEWER))),
  /** Where Jaeger's clients post thrift, in Jaeger at 14268. */
  JAEGER_COLLECTOR(Ports::jaegerCollector, "/jaeger", below("/jaeger/api").and(isFor(Role.INGEST))),
  /** The services of Jaeger's collector over gRPC, in Jaeger at 14250. */
  JAEGER_GRPC(Ports::jaegerGrpc, "", route -> route.route().patternString().startsWith("/jaeger.")),
  /** What Jaeger's clients are told to sample, over HTTP, in Jaeger at 5778. */
  JAEGER_SAMPLING(
      Ports::jaegerSampling,
      "/jaeger",
      below("/jaeger").and(isFor(Role.INGEST)).and(below("/jaeger/api").negate())),
  /** What Jaeger's clients are told to sample, over gRPC, in Jaeger at 5779. */
  JAEGER_SAMPLING_GRPC(
      Ports::jaegerSamplingGrpc,
      "",
      route -> route.route().patternString().startsWith("/jaeger.api_v2.SamplingManager/")),
  /** Zipkin's spans and its query API, in Zipkin at 9411. */
  ZIPKIN(Ports::zipkin, "/zipkin", below("/zipkin")),
  /** SkyWalking's gRPC, in SkyWalking at 11800. */
  SKYWALKING(Ports::skywalking, "", WellKnownPort::isSkyWalkings);

  private final Function<Ports, @Nullable Integer> number;
  private final String root;
  private final Predicate<GuardedRoute> served;

  /**
   * @param number the setting
   * @param root what the routes' paths begin with at the API port and lack at this one; empty where
   *     they are the same, as gRPC's are
   * @param served the routes, as the API port has them
   */
  WellKnownPort(
      Function<Ports, @Nullable Integer> number, String root, Predicate<GuardedRoute> served) {
    this.number = number;
    this.root = root;
    this.served = served;
  }

  /** Those that settings switch on. */
  static List<ServedPort> of(
      Ports settings, List<GuardedRoute> health, List<GuardedRoute> api, long maxBody) {
    List<ServedPort> ports = new ArrayList<>();
    for (WellKnownPort port : values()) {
      port.port(settings, health, api, maxBody).ifPresent(ports::add);
    }
    return ports;
  }

  private Optional<ServedPort> port(
      Ports settings, List<GuardedRoute> health, List<GuardedRoute> api, long maxBody) {
    return Optional.ofNullable(number.apply(settings))
        .map(
            set -> {
              List<GuardedRoute> routes = new ArrayList<>(health);
              api.stream().filter(served).map(this::atRoot).forEach(routes::add);
              Function<String, ErrorFormat> errors = path -> ErrorFormat.of(root + path);
              String name = name().toLowerCase(Locale.ROOT);
              return new ServedPort(
                  Map.of(name, set), routes, HttpPort.notFound(errors), errors, maxBody);
            });
  }

  private static Predicate<GuardedRoute> below(String prefix) {
    return route -> route.route().patternString().startsWith(prefix + "/");
  }

  private static Predicate<GuardedRoute> isFor(Role role) {
    return route -> route.role() == role;
  }

  private static boolean isSkyWalkings(GuardedRoute route) {
    return Collector.isSkyWalkings(route.route());
  }

  private GuardedRoute atRoot(GuardedRoute route) {
    return new GuardedRoute(atRoot(route.route()), route.role(), route.service());
  }

  private Route atRoot(Route route) {
    String path = route.patternString().substring(root.length());
    RouteBuilder builder = route.toBuilder();
    return switch (route.pathType()) {
      case EXACT -> builder.exact(path).build();
      case PARAMETERIZED -> builder.path(path).build();
      case PREFIX -> builder.pathPrefix(path.substring(0, path.lastIndexOf('*'))).build();
      case REGEX, REGEX_WITH_PREFIX ->
          throw new IllegalArgumentException(
              "the route " + route + " has no path that could stand at a port's root");
    };
  }
}
