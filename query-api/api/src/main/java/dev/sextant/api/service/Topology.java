package dev.sextant.api.service;

import java.util.List;

/**
 * The service graph of a range.
 *
 * @param nodes by id
 * @param edges busiest first
 * @param edgesFound how many there are; {@code edges} holds fewer where that is more than was asked
 *     for
 */
public record Topology(List<Node> nodes, List<Edge> edges, int edgesFound) {
  public Topology {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** What a node is. */
  public enum Kind {
    SERVICE,
    /** A service that is a proxy. */
    GATEWAY,
    DATABASE,
    CACHE,
    QUEUE,
    EXTERNAL,
    /** Whoever calls from outside. */
    CLIENT
  }

  /**
   * A node.
   *
   * @param id unique in its graph; a service's is its name
   * @param system make of a database, cache or queue, such as {@code postgresql}; empty where
   *     unknown
   * @param namespace of a service; empty where unknown
   * @param network mean seconds that calls to it spent on the way; NaN where unknown
   */
  public record Node(
      String id,
      String name,
      Kind kind,
      String system,
      String namespace,
      Health health,
      Red red,
      double network) {
    /** Whether it has a page of its own. */
    boolean isService() {
      return kind == Kind.SERVICE || kind == Kind.GATEWAY;
    }
  }

  /**
   * What tells edges apart.
   *
   * @param from and {@code to}: ids of nodes
   * @param type as Tempo's {@code connection_type}: empty for requests between services
   */
  public record EdgeKey(String from, String to, String type) {}

  /**
   * Calls from one node to another.
   *
   * @param calls in the whole range
   * @param red durations as the caller saw them; of what comes from a queue, as the consumer did
   * @param network mean seconds of a call on the way; NaN where not both sides told of it
   */
  public record Edge(EdgeKey key, double calls, Red red, double network) {}
}
