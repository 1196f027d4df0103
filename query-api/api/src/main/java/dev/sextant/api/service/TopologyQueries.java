package dev.sextant.api.service;

import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.metric.MetricReader;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The facade's part for the service graph, from the metrics that derivation writes for each edge.
 * Thread-safe.
 */
public final class TopologyQueries {
  private static final int POINTS = 40;
  private static final String CLIENT = "client";
  private static final String SERVER = "server";
  private static final String TYPE = "connection_type";
  private static final String USER = "user";

  private final MetricReader reader;
  private final ServiceQueries services;

  public TopologyQueries(MetricReader reader, ServiceQueries services) {
    this.reader = reader;
    this.services = services;
  }

  /** What a node is. */
  public enum Kind {
    SERVICE,
    DATABASE,
    QUEUE,
    EXTERNAL,
    /** Whoever calls from outside. */
    CLIENT
  }

  /** A node; {@code id} is unique in its graph. */
  public record Node(String id, String name, Kind kind, Health health, Red red) {}

  /** Calls from one node to another; {@code calls} in the whole range. */
  public record Edge(String from, String to, double calls, Red red) {}

  /** Nodes by id, edges by client and server. */
  public record Topology(List<Node> nodes, List<Edge> edges) {
    public Topology {
      nodes = List.copyOf(nodes);
      edges = List.copyOf(edges);
    }
  }

  /** The graph of a range: every service heard of, and every edge with a call in it. */
  public Topology topology(Access access, TimeRange range) {
    access.require(Role.VIEWER);
    Steps steps = Steps.of(range, POINTS);
    CallFigures edges = figures(access, steps, List.of(CLIENT, SERVER, TYPE));
    CallFigures servers = figures(access, steps, List.of(SERVER, TYPE));
    Map<String, Node> nodes = new TreeMap<>();
    for (ServiceRow row : services.rows(access, range)) {
      nodes.put(
          row.name(), new Node(row.name(), row.name(), Kind.SERVICE, row.health(), row.red()));
    }
    List<Edge> list = new ArrayList<>();
    for (Labels key : edges.keys()) {
      if (edges.total(key) > 0) {
        String from = node(nodes, key.get(CLIENT), client(key), Red.NONE);
        String to = node(nodes, key.get(SERVER), server(key), servers.red(key.without(CLIENT)));
        list.add(new Edge(from, to, edges.total(key), edges.red(key)));
      }
    }
    return new Topology(List.copyOf(nodes.values()), list);
  }

  private CallFigures figures(Access access, Steps steps, List<String> by) {
    return CallFigures.ask(
        reader,
        access.tenant(),
        steps,
        new CallFigures.Question(
            "traces_service_graph_request_total",
            "traces_service_graph_request_failed_total",
            "traces_service_graph_request_client_seconds_bucket",
            by));
  }

  private static boolean isFromUser(Labels edge) {
    return edge.get(CLIENT).equals(USER) && edge.get(TYPE).equals("virtual_node");
  }

  private static Kind client(Labels edge) {
    return isFromUser(edge) ? Kind.CLIENT : Kind.SERVICE;
  }

  private static Kind server(Labels edge) {
    return switch (edge.get(TYPE)) {
      case "database" -> Kind.DATABASE;
      case "messaging_system" -> Kind.QUEUE;
      case "virtual_node" -> isFromUser(edge) ? Kind.SERVICE : Kind.EXTERNAL;
      default -> Kind.SERVICE;
    };
  }

  /**
   * The id of a node, which is added where it is new. What a client took for a queue or something
   * external is a service where one of that name was heard of.
   */
  private static String node(Map<String, Node> nodes, String name, Kind kind, Red red) {
    boolean known = nodes.containsKey(name) && (kind == Kind.QUEUE || kind == Kind.EXTERNAL);
    if (known || kind == Kind.SERVICE) {
      nodes.putIfAbsent(name, new Node(name, name, Kind.SERVICE, health(red), red));
      return name;
    }
    String id = kind.name().toLowerCase(Locale.ROOT) + ":" + name;
    nodes.putIfAbsent(id, new Node(id, name, kind, health(red), red));
    return id;
  }

  /** Of what is known by its calls only: whoever only calls, and so has no figures, does well. */
  private static Health health(Red red) {
    return Double.isNaN(red.rate())
        ? Health.HEALTHY
        : Problems.health(Problems.find(red, Red.NONE, Sparkline.EMPTY, Sparkline.EMPTY), red);
  }
}
