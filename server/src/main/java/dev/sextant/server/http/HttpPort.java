package dev.sextant.server.http;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.api.http.JsonErrors;
import dev.sextant.collector.grpc.GrpcReply;
import dev.sextant.collector.grpc.GrpcService;
import dev.sextant.server.config.ConfigException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One or more TCP ports with the same routes behind the same guards. Every route passes the host
 * check and the authoriser; what no route names answers 404, to strangers 401.
 */
public final class HttpPort implements AutoCloseable {
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(10);

  /** What a URL may have: a query of 128 KiB, in which every byte is percent-encoded. */
  private static final int LONGEST_URL = 400 << 10;

  private final Server server;
  private final Drain drain;
  private final Map<String, Integer> ports = new LinkedHashMap<>();

  /**
   * Binds and begins to serve.
   *
   * @throws ConfigException where a port is taken
   */
  public static HttpPort open(String address, ServedPort served, Guards guards) {
    ServerBuilder builder = Server.builder();
    served
        .names()
        .values()
        .forEach(port -> builder.port(new InetSocketAddress(address, port), SessionProtocol.HTTP));
    for (GuardedRoute route : served.routes()) {
      builder
          .route()
          .addRoute(route.route())
          .decorator(gate(route, guards, served.errors()))
          .build(route.service());
    }
    builder.serviceUnder(
        "/", served.notFound().decorate(guards.authoriser().requireAnyone(served.errors())));
    builder.decorator(guards.hosts().decorator(served.errors()));
    builder.errorHandler(new JsonErrors(served.errors()));
    builder.maxRequestLength(served.maxBody());
    builder.http1MaxInitialLineLength(LONGEST_URL);
    builder.http2MaxHeaderListSize(LONGEST_URL + (8 << 10));
    builder.requestTimeout(Duration.ofMinutes(3));
    builder.http2MaxResetFramesPerWindow(200, 10);
    builder.disableServerHeader();
    builder.bossGroupFactory(AcceptLoop::of);
    Drain drain = new Drain();
    builder.decorator(drain);
    return new HttpPort(address, builder.build(), drain, served.names());
  }

  /** Whoever sends telemetry and is turned away finds why on the status page. */
  private static Function<? super HttpService, ? extends HttpService> gate(
      GuardedRoute route, Guards guards, Function<String, ErrorFormat> errors) {
    Function<? super HttpService, ? extends HttpService> gate =
        guards.authoriser().require(route.role(), errors);
    return route.role() == Role.INGEST
        ? service -> gate.apply(service).decorate(guards.refused().decorator())
        : gate;
  }

  private HttpPort(String address, Server server, Drain drain, Map<String, Integer> names) {
    this.server = server;
    this.drain = drain;
    try {
      server.start().join();
    } catch (CompletionException e) {
      server.stop().join();
      throw failure(e, address, names);
    }
    List<Integer> free =
        new ArrayList<>(
            server.activePorts().keySet().stream().map(InetSocketAddress::getPort).toList());
    free.removeAll(names.values());
    names.forEach((name, port) -> ports.put(name, port == 0 ? free.removeFirst() : port));
  }

  private static RuntimeException failure(
      CompletionException error, String address, Map<String, Integer> names) {
    Throwable cause = error.getCause() == null ? error : error.getCause();
    if (cause instanceof BindException || String.valueOf(cause.getMessage()).contains("in use")) {
      Map<String, Integer> taken = new LinkedHashMap<>(names);
      taken.values().removeIf(port -> !isTaken(address, port));
      String each =
          (taken.isEmpty() ? names : taken)
              .entrySet().stream()
                  .map(port -> taken(port.getKey(), port.getValue()))
                  .collect(Collectors.joining("; "));
      return new ConfigException(each, cause);
    }
    return new ConfigException("cannot listen on " + names + ": " + cause.getMessage(), cause);
  }

  private static String taken(String name, int port) {
    return "port "
        + port
        + " ("
        + name
        + ") is taken by another process; choose another one, such as --set listen.ports."
        + name.replace('_', '-')
        + "=0 for any free port";
  }

  private static boolean isTaken(String address, int port) {
    if (port == 0) {
      return false;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, port));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** The port numbers that were bound, by name. */
  public Map<String, Integer> ports() {
    return Map.copyOf(ports);
  }

  /** Armeria's view of the routes. */
  public Server server() {
    return server;
  }

  /**
   * A 404 for an API port, in the format of the API that the path belongs to; to a gRPC client
   * {@code UNIMPLEMENTED}.
   */
  public static HttpService notFound(Function<String, ErrorFormat> errors) {
    return (ctx, request) -> {
      if (GrpcService.isGrpc(request.contentType())) {
        request.abort();
        return GrpcReply.unknownMethod(ctx.path());
      }
      return errors
          .apply(ctx.path())
          .answer(HttpStatus.NOT_FOUND, "not_found", "nothing is served at this path");
    };
  }

  /** Sends new requests away from now on. Running ones go on, for up to 10 seconds. */
  public void drain() {
    drain.begin(LONGEST_DRAIN);
  }

  /** Drains, waits until no request runs, and closes. */
  @Override
  public void close() {
    drain();
    drain.await();
    server.stop().join();
  }
}
