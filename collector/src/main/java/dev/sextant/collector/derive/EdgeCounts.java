package dev.sextant.collector.derive;

import dev.sextant.metrics.model.Labels;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests, failures and durations per edge of the service graph, bounded in number. */
final class EdgeCounts {
  private final int maxEdges;
  private final Map<Edge, Counted> counted = new LinkedHashMap<>();

  /** One edge's figures. */
  static final class Counted {
    final Latency server = new Latency();
    final Latency client = new Latency();
    long failed;

    final Birth birth = new Birth();
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

  EdgeCounts(int maxEdges) {
    this.maxEdges = maxEdges;
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
    return add(
        counted.size() < maxEdges
            ? edge
            : new Edge(CallCounts.OTHER, CallCounts.OTHER, edge.connectionType()));
  }

  /** Takes an edge back as it was written. */
  Counted add(Edge edge) {
    return counted.computeIfAbsent(edge, Counted::new);
  }
}
