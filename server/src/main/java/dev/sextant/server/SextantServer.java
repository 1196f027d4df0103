package dev.sextant.server;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.ApiRoute;
import dev.sextant.api.access.Role;
import dev.sextant.collector.Collector;
import dev.sextant.server.access.Authenticator;
import dev.sextant.server.access.Authoriser;
import dev.sextant.server.access.HostCheck;
import dev.sextant.server.access.SignedIdentity;
import dev.sextant.server.access.TokenFile;
import dev.sextant.server.config.ConfigException;
import dev.sextant.server.config.ServerConfig;
import dev.sextant.server.http.GuardedRoute;
import dev.sextant.server.http.HttpPort;
import dev.sextant.server.http.RefusedRequests;
import dev.sextant.storage.file.DataDirectoryInUseException;
import dev.sextant.storage.file.DataDirectoryLock;
import dev.sextant.ui.Dashboard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running program. Parts start in the order of the data: stores, receivers, queries, alerts,
 * ports, and the dashboard beside them; they stop in the opposite order, so that what was
 * acknowledged is committed before the process ends.
 */
public final class SextantServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SextantServer.class);
  private static final long MAX_QUERY_BODY = 4 << 20;

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final List<HttpPort> httpPorts = new ArrayList<>();
  private final Path data;
  private @Nullable CompletableFuture<Dashboard> dashboard;

  private SextantServer(Path data) {
    this.data = data;
  }

  /**
   * Starts everything. When it returns, the API and OTLP ports take requests; the dashboard may
   * still be starting, see {@link #awaitDashboard}.
   *
   * @param say prints lines for people
   * @throws ConfigException where something must be changed first; nothing is left running then
   */
  public static SextantServer start(ServerConfig config, Path data, Consumer<String> say) {
    return start(config, data, say, Clock.systemUTC());
  }

  /**
   * As {@link #start(ServerConfig, Path, Consumer)}, by another clock: what arrives is stamped by
   * it, and all that is due by time of day is due by it.
   */
  public static SextantServer start(
      ServerConfig config, Path data, Consumer<String> say, Clock clock) {
    SextantServer server = new SextantServer(data);
    try {
      server.open(config, say, clock);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw ConfigException.of(e);
    } catch (Error e) {
      server.close();
      throw e;
    } catch (IOException e) {
      server.close();
      throw new ConfigException("cannot use the data directory " + data + ": " + e.getMessage(), e);
    }
  }

  private void open(ServerConfig config, Consumer<String> say, Clock clock) throws IOException {
    checkExposure(config);
    own(lock());
    // One that a killed process left behind would name ports that nobody listens on.
    PortsFile.delete(data);
    own(() -> PortsFile.delete(data));
    SignedIdentity identities = new SignedIdentity(clock);
    Authenticator authenticator = new Authenticator(tokens(config.auth(), clock), identities);
    HostCheck hosts = new HostCheck(config.listen().address(), config.listen().allowedHosts());
    RefusedRequests refused = new RefusedRequests(clock);

    Signals signals = own(Signals.open(config, data, clock));
    IngestDoor ingest = own(new IngestDoor(config, signals, data, clock));
    QueryDoor queries = own(new QueryDoor(config, signals, data, clock));
    Alarms alarms =
        own(
            new Alarms(
                config,
                data,
                queries.engine(),
                queries.reader(),
                signals.metrics().writer(),
                "http://localhost:" + config.listen().ports().ui(),
                clock));
    StatusReader status = new StatusReader(signals, refused, data, clock);
    PrometheusProcess process = new PrometheusProcess(config, signals.metrics(), data, clock);
    List<ApiRoute> api =
        queries.routes(
            alarms.engine(),
            alarms.notifier(),
            status,
            ingest.targets(),
            process,
            new DataSnapshots(data, signals, config.storage().maxSnapshots(), clock));
    openPorts(
        config.listen(),
        new Authoriser(authenticator),
        hosts,
        refused,
        health(signals),
        ingest,
        new SelfMetrics(signals, ingest::operationNames),
        api);
    int apiPort = ports.getOrDefault("http", 0);
    dashboard =
        CompletableFuture.supplyAsync(
            () ->
                own(
                    DashboardDoor.open(
                        config.listen(), apiPort, authenticator, identities, hosts)));
    ingest.start();
    alarms.start();
    for (String name : ports.keySet()) {
      say.accept(name + ": " + config.listen().address() + ":" + ports.get(name));
    }
    ports.put("ui", awaitDashboard().port());
    status.addPorts(ports);
    PortsFile.write(data, ports);
    say.accept("dashboard: http://" + host(config.listen().address()) + ":" + ports.get("ui"));
  }

  private static String host(String address) {
    return address.equals("0.0.0.0") || address.equals("127.0.0.1") ? "localhost" : address;
  }

  private <T extends AutoCloseable> T own(T part) {
    synchronized (started) {
      started.push(part);
    }
    return part;
  }

  private DataDirectoryLock lock() throws IOException {
    try {
      Files.createDirectories(data);
      return DataDirectoryLock.acquire(data);
    } catch (DataDirectoryInUseException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  private static @Nullable TokenFile tokens(ServerConfig.Auth auth, Clock clock) {
    return auth.tokensFile().isEmpty() ? null : new TokenFile(Path.of(auth.tokensFile()), clock);
  }

  private static void checkExposure(ServerConfig config) {
    String address = config.listen().address();
    try {
      boolean loopback = InetAddress.getByName(address).isLoopbackAddress();
      if (!loopback
          && config.auth().tokensFile().isEmpty()
          && !config.listen().anyoneMayReadAndWrite()) {
        throw new ConfigException(
            "listen.address "
                + address
                + " lets other machines in, but no tokens are configured: set auth.tokens-file"
                + " ('sextant token' makes one), or listen.anyone-may-read-and-write=true if everyone who can connect may"
                + " read and write everything");
      }
    } catch (UnknownHostException e) {
      throw new ConfigException(
          "listen.address '" + address + "' is no address of this machine", e);
    }
  }

  private void openPorts(
      ServerConfig.Listen listen,
      Authoriser authoriser,
      HostCheck hosts,
      RefusedRequests refused,
      List<GuardedRoute> health,
      IngestDoor ingest,
      SelfMetrics self,
      List<ApiRoute> api) {
    List<GuardedRoute> otlp = new ArrayList<>();
    ingest.otlp().forEach((route, service) -> otlp.add(taking(route, service)));
    List<GuardedRoute> all = new ArrayList<>(health);
    all.addAll(otlp);
    ingest.others().forEach((route, service) -> all.add(taking(route, service)));
    all.add(self.route());
    api.forEach(route -> all.add(new GuardedRoute(route.route(), route.role(), route.service())));
    HttpPort apiPort =
        HttpPort.open(
            listen.address(),
            Map.of("http", listen.ports().http()),
            all,
            HttpPort.notFound(),
            authoriser,
            refused,
            hosts,
            MAX_QUERY_BODY);
    register(apiPort);
    Map<String, Integer> names = new LinkedHashMap<>();
    names.put("otlp_grpc", listen.ports().otlpGrpc());
    names.put("otlp_http", listen.ports().otlpHttp());
    List<GuardedRoute> ingestOnly = new ArrayList<>(health);
    ingestOnly.addAll(otlp);
    register(
        HttpPort.open(
            listen.address(),
            names,
            ingestOnly,
            Collector::otlpNotFound,
            authoriser,
            refused,
            hosts,
            0));
  }

  private void register(HttpPort port) {
    httpPorts.add(own(port));
    ports.putAll(port.ports());
  }

  private static GuardedRoute taking(Route route, HttpService service) {
    return new GuardedRoute(route, Role.INGEST, service);
  }

  /** Alive, and ready: what was acknowledged before a crash is in the stores again. */
  private static List<GuardedRoute> health(Signals signals) {
    return List.of(
        health("/-/healthy", () -> true, "alive"), health("/-/ready", signals::caughtUp, "ready"));
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

  /** Waits until the dashboard serves. */
  public Dashboard awaitDashboard() {
    try {
      return java.util.Objects.requireNonNull(dashboard, "not started").join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ConfigException config ? config : e;
    }
  }

  /** The ports that were bound, by name. */
  public Map<String, Integer> ports() {
    return Map.copyOf(ports);
  }

  /** The Armeria ports: the API's, then OTLP's. */
  List<HttpPort> httpPorts() {
    return List.copyOf(httpPorts);
  }

  @Override
  public void close() {
    synchronized (started) {
      while (!started.isEmpty()) {
        AutoCloseable part = started.pop();
        try {
          part.close();
        } catch (Exception e) {
          LOG.error("{} did not stop cleanly", part.getClass().getSimpleName(), e);
        }
      }
    }
  }
}
