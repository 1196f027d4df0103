package dev.sextant.collector.derive;

import dev.sextant.metrics.model.Labels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Requests, failures and durations per edge of the service graph, bounded in number. */
final class EdgeCounts {
  private final int maxEdges;
  private final int maxPeers;
  private final Map<Edge, Counted> counted = new LinkedHashMap<>();

  /** The databases, queues and hosts beside each service. */
  private final Map<String, Set<String>> peers = new HashMap<>();

  /** One edge's figures. */
  static final class Counted {
    final Latency server = new Latency();
    final Latency client = new Latency();
    long failed;

    final Birth birth = new Birth();
    final Idle idle = new Idle();
    final Labels requestLabels;
    final Labels failedLabels;
    final HistogramLabels serverLabels;
    final HistogramLabels clientLabels;

    Counted(Edge edge) {
      requestLabels = edge.labels(Edge.REQUESTS);
      failedLabels = edge.labels(Edge.FAILED);
      serverLabels = HistogramLabels.of(Edge.SERVER_SECONDS, edge::labels);
      clientLabels = HistogramLabels.of(Edge.CLIENT_SECONDS, edge::labels);
    }
  }

  /**
   * @param maxPeers databases, queues and hosts beside one service; further ones are one
   */
  EdgeCounts(int maxEdges, int maxPeers) {
    this.maxEdges = maxEdges;
    this.maxPeers = maxPeers;
  }

  Map<Edge, Counted> all() {
    return counted;
  }

  /** The figures of an edge, or of what stands for it where the bound is reached. */
  Counted of(Edge edge) {
    Counted known = counted.get(edge);
    if (known != null) {
      return known;
    }
    return add(bounded(edge));
  }

  private Edge bounded(Edge edge) {
    Edge kept = hasRoom(edge) ? edge : edge.toOther();
    return counted.containsKey(kept) || counted.size() < maxEdges
        ? kept
        : new Edge(
            CallCounts.OTHER,
            CallCounts.OTHER,
            edge.connectionType(),
            edge.clientType(),
            edge.serverType(),
            "",
            "");
  }

  private boolean hasRoom(Edge edge) {
    Set<String> beside = peers.get(edge.owner());
    return edge.owner().isEmpty()
        || beside == null
        || beside.size() < maxPeers
        || beside.contains(edge.named());
  }

  /** Takes an edge back as it was written. */
  Counted add(Edge edge) {
    noteBeside(edge);
    return counted.computeIfAbsent(edge, Counted::new);
  }

  private void noteBeside(Edge edge) {
    if (!edge.owner().isEmpty() && !edge.named().equals(CallCounts.OTHER)) {
      peers.computeIfAbsent(edge.owner(), service -> new HashSet<>()).add(edge.named());
    }
  }

  /**
   * Forgets edges without a call for long, and with them what they took of the bounds.
   *
   * @param afterMillis how long that is
   */
  void forgetIdle(long tickMillis, long afterMillis) {
    boolean forgotten =
        counted
            .values()
            .removeIf(edge -> edge.idle.millis(edge.client.count(), tickMillis) > afterMillis);
    if (forgotten) {
      peers.clear();
      counted.keySet().forEach(this::noteBeside);
    }
  }
}
