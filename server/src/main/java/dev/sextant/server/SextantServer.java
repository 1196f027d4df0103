package dev.sextant.server;

import dev.sextant.api.ApiRoute;
import dev.sextant.server.access.Authenticator;
import dev.sextant.server.access.Authoriser;
import dev.sextant.server.access.HostCheck;
import dev.sextant.server.access.SignedIdentity;
import dev.sextant.server.access.TokenFile;
import dev.sextant.server.config.ConfigException;
import dev.sextant.server.config.ServerConfig;
import dev.sextant.server.http.Guards;
import dev.sextant.server.http.HttpPort;
import dev.sextant.server.http.RefusedRequests;
import dev.sextant.server.http.ServedPort;
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
    Guards guards = new Guards(new Authoriser(authenticator), hosts, refused);
    for (ServedPort port :
        ServedPorts.all(
            config.listen().ports(),
            signals::caughtUp,
            ingest,
            new SelfMetrics(signals, ingest),
            api)) {
      register(HttpPort.open(config.listen().address(), port, guards));
    }
    ports.putAll(ingest.datagrams().start());
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

  /** Every port at once, so that stopping takes as long as the slowest request and no longer. */
  private void drainPorts() {
    httpPorts.forEach(HttpPort::drain);
  }

  private void register(HttpPort port) {
    httpPorts.add(own(port));
    ports.putAll(port.ports());
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

  /** The Armeria ports, in the order of {@link ServedPorts#all}. */
  List<HttpPort> httpPorts() {
    return List.copyOf(httpPorts);
  }

  @Override
  public void close() {
    drainPorts();
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
