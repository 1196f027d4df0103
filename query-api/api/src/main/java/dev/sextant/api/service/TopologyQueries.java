package dev.sextant.api.service;

import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.metric.MetricReader;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The facade's part for the service graph, from the metrics that derivation writes for each edge.
 * Thread-safe.
 */
public final class TopologyQueries {
  private static final int POINTS = 40;
  private static final String SEPARATOR = "\u0000";

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
    CLIENT
  }

  /** A node; {@code id} is unique in its graph. */
  public record Node(String id, String name, Kind kind, Health health, Red red) {}

  /** Calls from one node to another; {@code calls} in the whole range. */
  public record Edge(String from, String to, double calls, Red red) {}

  public record Topology(List<Node> nodes, List<Edge> edges) {
    public Topology {
      nodes = List.copyOf(nodes);
      edges = List.copyOf(edges);
    }
  }

  /** The graph of a range: every service heard of, and every edge with a call in it. */
  public Topology topology(Access access, TimeRange range) {
    access.require(Role.VIEWER);
    CallFigures figures =
        CallFigures.ask(
            reader,
            access.tenant(),
            Steps.of(range, POINTS),
            new CallFigures.Question(
                "traces_service_graph_request_total",
                "traces_service_graph_request_failed_total",
                "traces_service_graph_request_client_seconds_bucket",
                "client, server, connection_type",
                TopologyQueries::key));
    Map<String, Node> nodes = new TreeMap<>();
    for (ServiceRow row : services.services(access, range).rows()) {
      nodes.put(
          row.name(), new Node(row.name(), row.name(), Kind.SERVICE, row.health(), row.red()));
    }
    List<Edge> edges = new ArrayList<>();
    for (String key : figures.keys()) {
      if (figures.total(key) > 0) {
        edges.add(edge(key, figures, nodes));
      }
    }
    return new Topology(List.copyOf(nodes.values()), edges);
  }

  private static String key(Labels labels) {
    return labels.get("client")
        + SEPARATOR
        + labels.get("server")
        + SEPARATOR
        + labels.get("connection_type");
  }

  private static Edge edge(String key, CallFigures figures, Map<String, Node> nodes) {
    String[] parts = key.split(SEPARATOR, -1);
    Red red = figures.red(key);
    String from =
        node(nodes, parts[0], parts[0].equals("user") ? Kind.CLIENT : Kind.SERVICE, Red.NONE);
    Kind kind =
        switch (parts[2]) {
          case "database" -> Kind.DATABASE;
          case "messaging_system" -> Kind.QUEUE;
          case "virtual_node" -> parts[0].equals("user") ? Kind.SERVICE : Kind.EXTERNAL;
          default -> Kind.SERVICE;
        };
    return new Edge(from, node(nodes, parts[1], kind, red), figures.total(key), red);
  }

  /** The id of a node, which is added where it is new; a service known by name keeps being one. */
  private static String node(Map<String, Node> nodes, String name, Kind kind, Red red) {
    if (kind == Kind.SERVICE || kind == Kind.CLIENT) {
      nodes.putIfAbsent(name, new Node(name, name, kind, health(red), red));
      return name;
    }
    String id = kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + name;
    nodes.putIfAbsent(id, new Node(id, name, kind, health(red), red));
    return id;
  }

  private static Health health(Red red) {
    return Double.isNaN(red.rate())
        ? Health.HEALTHY
        : Problems.health(Problems.find(red, Red.NONE, EMPTY, EMPTY), red);
  }

  private static final Sparkline EMPTY = new Sparkline(0, 1, new double[0]);
}
