package dev.sextant.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Sextant, the shop, the provider, the load and the faults, as one thing that starts and stops. */
final class Landscape implements AutoCloseable {
  private static final long LONGEST_START_MILLIS = 240_000;
  private static final Map<String, Integer> USUAL_PORTS =
      Map.of("ui", 8080, "http", 9090, "otlp-grpc", 4317, "otlp-http", 4318);

  private final Home home;
  private final Demo.Options options;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Map<String, Integer> shopPorts = new HashMap<>();
  private boolean closed;

  Landscape(Home home, Demo.Options options) {
    this.home = home;
    this.options = options;
  }

  /**
   * Starts everything and prints where to look.
   *
   * @throws StartException where a part does not come up
   */
  void start() throws IOException, InterruptedException {
    AlertPrinter alerts = own(new AlertPrinter(Landscape::say));
    Provider provider = own(new Provider());
    say("starting Sextant …");
    JsonNode ports = startSextant(alerts.url());
    say("starting the shop: gateway, orders, inventory, payments …");
    startShop(provider, ports.path("otlp_http").asInt());
    Load load = own(new Load("http://127.0.0.1:" + port("gateway"), options.rate()));
    load.start();
    if (options.faults()) {
      own(faults(provider)).start();
    }
    printInvitation(ports);
  }

  private synchronized <T extends AutoCloseable> T own(T part) {
    if (closed) {
      throw new StartException("stopped before everything was up");
    }
    running.push(part);
    return part;
  }

  static void say(String text) {
    System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + text);
  }

  private JsonNode startSextant(String webhook) throws IOException, InterruptedException {
    Path logs = Files.createDirectories(options.data().resolve("logs-of-demo"));
    Path config = options.data().resolve("demo.yaml");
    Files.writeString(
        config, "alerting:\n  webhooks:\n    - name: demo\n      url: " + webhook + "\n");
    List<String> command = new ArrayList<>(List.of(Home.java().toString(), "-Xmx1g"));
    command.addAll(Home.serverFlags());
    command.addAll(
        List.of(
            "-Dsextant.home=" + home.root(),
            "-jar",
            home.serverJar().toString(),
            "serve",
            "--config",
            config.toString(),
            "--data",
            options.data().toString()));
    USUAL_PORTS.forEach(
        (name, port) ->
            command.addAll(
                List.of("--set", "listen.ports." + name + "=" + (isFree(port) ? port : 0))));
    Path portsFile = options.data().resolve("ports.json");
    Files.deleteIfExists(portsFile);
    ChildProcess sextant =
        own(ChildProcess.start("Sextant", command, Map.of(), logs.resolve("sextant.log")));
    await(sextant, () -> Files.exists(portsFile));
    return JsonMapper.builder().build().readTree(portsFile.toFile());
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void startShop(Provider provider, int otlpPort) throws IOException, InterruptedException {
    for (String name : List.of("gateway", "orders", "inventory", "payments")) {
      shopPorts.put(name, freePort());
    }
    Path hosts = options.data().resolve("hosts");
    Files.writeString(hosts, "127.0.0.1 localhost\n127.0.0.1 api.northpay.example\n");
    Map<String, String> common = new HashMap<>();
    common.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + otlpPort);
    common.put("OTEL_METRIC_EXPORT_INTERVAL", "10000");
    common.put("OTEL_BSP_SCHEDULE_DELAY", "1000");
    common.put("OTEL_BLRP_SCHEDULE_DELAY", "1000");
    common.put("ORDERS_PORT", port("orders"));
    common.put("INVENTORY_PORT", port("inventory"));
    common.put("PAYMENTS_PORT", port("payments"));
    common.put("PROVIDER_URL", "http://api.northpay.example:" + provider.port());
    String java = Home.java().toString();
    String java17 = Home.java17().map(Path::toString).orElse(java);
    List<ChildProcess> services = new ArrayList<>();
    services.add(
        service(
            "inventory", "shop.inventory.InventoryApplication", java17, "2.3.4", common, hosts));
    services.add(
        service("payments", "shop.payments.PaymentsApplication", java, "2.14.0", common, hosts));
    services.add(service("orders", "shop.orders.OrdersApplication", java, "5.8.1", common, hosts));
    services.add(service("gateway", "shop.gateway.Gateway", java, "3.2.0", common, hosts));
    List<String> names = List.of("inventory", "payments", "orders", "gateway");
    for (int i = 0; i < names.size(); i++) {
      int port = Integer.parseInt(port(names.get(i)));
      await(services.get(i), () -> isOpen(port));
      say("  " + names.get(i) + " is up");
    }
  }

  private String port(String service) {
    return String.valueOf(shopPorts.get(service));
  }

  private ChildProcess service(
      String name,
      String mainClass,
      String java,
      String version,
      Map<String, String> common,
      Path hosts)
      throws IOException {
    Map<String, String> environment = new HashMap<>(common);
    environment.put("PORT", port(name));
    environment.put("OTEL_SERVICE_NAME", name);
    environment.put(
        "OTEL_RESOURCE_ATTRIBUTES",
        "service.version=" + version + ",deployment.environment.name=demo");
    List<String> command =
        List.of(
            java,
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djdk.net.hosts.file=" + hosts,
            "-javaagent:" + home.agentJar(),
            "-cp",
            home.service(name) + "/*",
            mainClass);
    return own(
        ChildProcess.start(
            name, command, environment, options.data().resolve("logs-of-demo/" + name + ".log")));
  }

  /** A question that may take a moment. */
  @FunctionalInterface
  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  private static void await(ChildProcess process, Condition condition) throws InterruptedException {
    long until = System.nanoTime() + LONGEST_START_MILLIS * 1_000_000;
    while (!condition.holds()) {
      process.demandAlive();
      if (System.nanoTime() > until) {
        throw new StartException(
            "a part did not come up in time; its output is in " + process.log());
      }
      Thread.sleep(200);
    }
  }

  private Faults faults(Provider provider) {
    String orders = "http://127.0.0.1:" + port("orders");
    String inventory = "http://127.0.0.1:" + port("inventory");
    return new Faults(
        List.of(
            new Faults.Fault(
                "the payment provider fails most charges (errors in payments and orders)",
                provider::setFailing),
            new Faults.Fault(
                "a slow query in inventory (look at its database spans)",
                on -> Http.send("PUT", inventory + "/faults/slow-query/" + on, "")),
            new Faults.Fault(
                "orders are listed with a statement for each (dozens of SELECTs in one trace)",
                on -> Http.send("PUT", orders + "/faults/one-by-one/" + on, ""))),
        Landscape::say);
  }

  private void printInvitation(JsonNode ports) {
    System.out.println();
    System.out.println(
        "  Sextant shows the shop at   http://localhost:"
            + ports.path("ui").asInt()
            + "/services?from=now-15m");
    System.out.println();
    System.out.println(
        "  Topology   how the four services, their databases and the provider call each other");
    System.out.println("  Traces     one order through all of them; its log lines stand beside it");
    System.out.println(
        "  Alerts     the provider begins to fail in about a minute; the alert is printed here");
    System.out.println();
    System.out.println(
        "  Ctrl-C stops everything. Output of the parts: "
            + options.data().resolve("logs-of-demo"));
    System.out.println();
  }

  /** Stops everything, last started first, and deletes temporary data. */
  @Override
  public void close() {
    List<AutoCloseable> parts;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      parts = new ArrayList<>(running);
    }
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        System.err.println(
            "sextant: "
                + part.getClass().getSimpleName()
                + " did not stop cleanly: "
                + e.getMessage());
      }
    }
    if (!options.keepData()) {
      deleteData();
    }
  }

  private void deleteData() {
    try (Stream<Path> files = Files.walk(options.data())) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("sextant: cannot delete " + options.data() + ": " + e.getMessage());
    }
  }
}
