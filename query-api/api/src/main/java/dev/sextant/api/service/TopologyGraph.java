package dev.sextant.api.service;

import dev.sextant.api.service.Topology.Edge;
import dev.sextant.api.service.Topology.EdgeKey;
import dev.sextant.api.service.Topology.Kind;
import dev.sextant.api.service.Topology.Node;
import dev.sextant.metrics.model.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts a graph together out of series. A message that two services told of, and its queue with
 * them, becomes two edges: to the queue and from it. For one thread.
 */
final class TopologyGraph {
  private static final String USER = "user";
  private static final String MESSAGING = "messaging_system";

  private final Steps steps;
  private final Map<String, ServiceRow> rows = new TreeMap<>();
  private final Set<String> services = new HashSet<>();
  private final Set<String> gateways = new HashSet<>();
  private final Map<String, End> ends = new TreeMap<>();
  private final Map<String, EdgeFigures> incoming = new HashMap<>();
  private final Map<EdgeKey, EdgeFigures> edges = new LinkedHashMap<>();

  /** Edges whose durations are those that the called side saw. */
  private final Set<EdgeKey> served = new HashSet<>();

  /** One end of an edge. */
  private record End(String name, Kind kind, String system) {}

  TopologyGraph(Steps steps, List<ServiceRow> known) {
    this.steps = steps;
    known.forEach(row -> rows.put(row.name(), row));
    services.addAll(rows.keySet());
  }

  /** The graph; of the edges the busiest. */
  Topology build(Map<Labels, EdgeFigures> series, int maxEdges) {
    series.values().removeIf(figures -> figures.total() <= 0);
    series.keySet().forEach(this::services);
    series.forEach(this::add);
    List<Edge> list = new ArrayList<>();
    edges.forEach(
        (key, figures) ->
            list.add(
                new Edge(
                    key, figures.total(), figures.red(served.contains(key)), figures.network())));
    list.sort(Comparator.comparingDouble((Edge edge) -> -edge.calls()));
    return new Topology(nodes(), list.subList(0, Math.min(maxEdges, list.size())), list.size());
  }

  /** Notes which names are those of services, as what a client called may be one of them. */
  private void services(Labels edge) {
    for (End end : List.of(client(edge), server(edge))) {
      if (end.kind == Kind.SERVICE || end.kind == Kind.GATEWAY) {
        services.add(end.name);
      }
      if (end.kind == Kind.GATEWAY) {
        gateways.add(end.name);
      }
    }
  }

  private void add(Labels labels, EdgeFigures figures) {
    End client = client(labels);
    End server = server(labels);
    String type = labels.get(EdgeSeries.TYPE);
    String queue = labels.get(EdgeSeries.QUEUE);
    boolean message = type.equals(MESSAGING);
    if (queue.isEmpty()) {
      EdgeKey key = new EdgeKey(id(client), id(server), type);
      if (client.kind == Kind.QUEUE) {
        served.add(key);
      }
      add(key, figures, type.isEmpty());
      return;
    }
    End between = new End(queue, Kind.QUEUE, labels.get(EdgeSeries.SYSTEM));
    add(new EdgeKey(id(client), id(between), type), figures, false);
    EdgeKey out = new EdgeKey(id(between), id(server), type);
    served.add(out);
    add(out, figures, !message);
  }

  private void add(EdgeKey key, EdgeFigures figures, boolean paired) {
    edges.computeIfAbsent(key, none -> new EdgeFigures(steps)).add(figures, paired);
    incoming.computeIfAbsent(key.to(), none -> new EdgeFigures(steps)).add(figures, paired);
  }

  private List<Node> nodes() {
    for (ServiceRow row : rows.values()) {
      ends.putIfAbsent(row.name(), new End(row.name(), Kind.SERVICE, ""));
    }
    List<Node> nodes = new ArrayList<>();
    ends.forEach((id, end) -> nodes.add(node(id, end)));
    return nodes;
  }

  private Node node(String id, End end) {
    EdgeFigures calls = incoming.getOrDefault(id, new EdgeFigures(steps));
    ServiceRow row = end.kind == Kind.SERVICE ? rows.get(end.name) : null;
    Kind kind = end.kind == Kind.SERVICE && gateways.contains(end.name) ? Kind.GATEWAY : end.kind;
    Red red = row == null ? calls.red(false) : row.red();
    Health health = row == null ? health(red) : row.health();
    String namespace = row == null ? "" : row.namespace();
    return new Node(id, end.name, kind, end.system, namespace, health, red, calls.network());
  }

  /** Of what is known by its calls only: whoever only calls, and so has no figures, does well. */
  private static Health health(Red red) {
    return Double.isNaN(red.rate())
        ? Health.HEALTHY
        : Problems.health(Problems.find(red, Red.NONE, Sparkline.EMPTY, Sparkline.EMPTY), red);
  }

  /**
   * The id of a node. What a client took for a queue or something external is a service where one
   * of that name was heard of.
   */
  private String id(End end) {
    boolean known =
        services.contains(end.name) && (end.kind == Kind.QUEUE || end.kind == Kind.EXTERNAL);
    if (known || end.kind == Kind.SERVICE || end.kind == Kind.GATEWAY) {
      ends.putIfAbsent(end.name, new End(end.name, Kind.SERVICE, ""));
      return end.name;
    }
    String id = end.kind.name().toLowerCase(Locale.ROOT) + ":" + end.name;
    ends.merge(id, end, (one, other) -> one.system.isEmpty() ? other : one);
    return id;
  }

  private static End client(Labels edge) {
    Kind kind =
        switch (edge.get(EdgeSeries.CLIENT_TYPE)) {
          case "queue" -> Kind.QUEUE;
          case "gateway" -> Kind.GATEWAY;
          case USER -> Kind.CLIENT;
          default -> isFromUser(edge) ? Kind.CLIENT : Kind.SERVICE;
        };
    return new End(
        edge.get(EdgeSeries.CLIENT), kind, kind == Kind.QUEUE ? edge.get(EdgeSeries.SYSTEM) : "");
  }

  private static End server(Labels edge) {
    Kind kind =
        switch (edge.get(EdgeSeries.SERVER_TYPE)) {
          case "gateway" -> Kind.GATEWAY;
          case "database" -> Kind.DATABASE;
          case "cache" -> Kind.CACHE;
          case "queue" -> Kind.QUEUE;
          case "external" -> Kind.EXTERNAL;
          default -> serverByType(edge);
        };
    boolean made = kind == Kind.DATABASE || kind == Kind.CACHE || kind == Kind.QUEUE;
    return new End(edge.get(EdgeSeries.SERVER), kind, made ? edge.get(EdgeSeries.SYSTEM) : "");
  }

  /** By Tempo's labels alone. */
  private static Kind serverByType(Labels edge) {
    return switch (edge.get(EdgeSeries.TYPE)) {
      case "database" -> Kind.DATABASE;
      case "virtual_node" -> isFromUser(edge) ? Kind.SERVICE : Kind.EXTERNAL;
      default -> Kind.SERVICE;
    };
  }

  /** By Tempo's labels alone: a service may be called so, and call somebody outside. */
  private static boolean isFromUser(Labels edge) {
    return edge.get(EdgeSeries.CLIENT).equals(USER)
        && edge.get(EdgeSeries.TYPE).equals("virtual_node")
        && edge.get(EdgeSeries.SERVER_TYPE).isEmpty();
  }
}
