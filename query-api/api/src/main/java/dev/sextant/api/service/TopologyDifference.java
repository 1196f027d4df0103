package dev.sextant.api.service;

import dev.sextant.api.service.Topology.Edge;
import dev.sextant.api.service.Topology.EdgeKey;
import dev.sextant.api.service.Topology.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the graphs of two ranges.
 *
 * @param nodes of both, by id
 * @param edges of both: what is the same last, before it what changed, in each the busiest first
 * @param edgesFound how many there are; {@code edges} holds fewer where that is more than was asked
 *     for
 */
public record TopologyDifference(
    List<NodeChange> nodes, List<EdgeChange> edges, int edgesFound, Thresholds thresholds) {
  public TopologyDifference {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** What became of a node or an edge. */
  public enum State {
    NEW,
    VANISHED,
    /** A figure differs by more than its threshold. */
    CHANGED,
    SAME
  }

  /**
   * From when on a figure counts as changed: both its relative and its absolute bound must be
   * reached. A share of errors has an absolute bound only.
   *
   * @param relative of rate and p95: 0.3 is 30 % more or less
   * @param rate in calls per second
   * @param errorShare 0 to 1
   * @param p95 in seconds
   */
  public record Thresholds(double relative, double rate, double errorShare, double p95) {
    public static final Thresholds DEFAULT = new Thresholds(0.3, 0.1, 0.01, 0.005);

    public Thresholds withRelative(double value) {
      return new Thresholds(value, rate, errorShare, p95);
    }
  }

  /**
   * A figure that differs.
   *
   * @param name {@code rate}, {@code errorShare} or {@code p95}
   * @param absolute now less before
   * @param relative that, in parts of before; NaN where that was 0
   */
  public record Change(String name, double before, double now, double absolute, double relative) {}

  /**
   * @param now as it is, or as it was where it vanished
   * @param before its figures in the base; none where it is new
   */
  public record NodeChange(Node now, State state, Optional<Red> before, List<Change> changes) {
    public NodeChange {
      changes = List.copyOf(changes);
    }
  }

  /**
   * @param now as it is, or as it was where it vanished
   * @param before as it was in the base; none where it is new
   */
  public record EdgeChange(Edge now, State state, Optional<Edge> before, List<Change> changes) {
    public EdgeChange {
      changes = List.copyOf(changes);
    }
  }

  static TopologyDifference of(Topology now, Topology base, Thresholds thresholds) {
    Map<String, Node> nodesBefore = byKey(base.nodes(), Node::id);
    Map<EdgeKey, Edge> edgesBefore =
        base.edges().stream().collect(Collectors.toMap(Edge::key, Function.identity()));
    List<NodeChange> nodes = new ArrayList<>();
    for (Node node : now.nodes()) {
      Node before = nodesBefore.remove(node.id());
      Red red = before == null ? null : before.red();
      List<Change> changes = changes(node.red(), red, thresholds);
      nodes.add(new NodeChange(node, state(red, changes), Optional.ofNullable(red), changes));
    }
    nodesBefore
        .values()
        .forEach(
            node ->
                nodes.add(
                    new NodeChange(node, State.VANISHED, Optional.of(node.red()), List.of())));
    List<EdgeChange> edges = new ArrayList<>();
    for (Edge edge : now.edges()) {
      Edge before = edgesBefore.remove(edge.key());
      Red red = before == null ? null : before.red();
      List<Change> changes = changes(edge.red(), red, thresholds);
      edges.add(new EdgeChange(edge, state(red, changes), Optional.ofNullable(before), changes));
    }
    base.edges().stream()
        .filter(edge -> edgesBefore.containsKey(edge.key()))
        .forEach(
            edge -> edges.add(new EdgeChange(edge, State.VANISHED, Optional.of(edge), List.of())));
    edges.sort(Comparator.comparing(EdgeChange::state));
    return new TopologyDifference(nodes, edges, edges.size(), thresholds);
  }

  TopologyDifference busiest(int maxEdges) {
    List<EdgeChange> kept = edges.subList(0, Math.min(maxEdges, edges.size()));
    return new TopologyDifference(nodes, kept, edgesFound, thresholds);
  }

  private static <T> Map<String, T> byKey(List<T> all, Function<T, String> key) {
    Map<String, T> map = new TreeMap<>();
    all.forEach(each -> map.put(key.apply(each), each));
    return map;
  }

  private static State state(@Nullable Red before, List<Change> changes) {
    return before == null ? State.NEW : changes.isEmpty() ? State.SAME : State.CHANGED;
  }

  private static List<Change> changes(Red now, @Nullable Red before, Thresholds thresholds) {
    if (before == null) {
      return List.of();
    }
    double relative = thresholds.relative();
    return Stream.of(
            change("rate", before.rate(), now.rate(), thresholds.rate(), relative),
            change("errorShare", before.errorShare(), now.errorShare(), thresholds.errorShare(), 0),
            change("p95", before.p95(), now.p95(), thresholds.p95(), relative))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Change> change(
      String name, double before, double now, double least, double leastRelative) {
    double absolute = now - before;
    double relative = before > 0 ? absolute / before : Double.NaN;
    boolean differs =
        Math.abs(absolute) >= least
            && (Double.isNaN(relative) || Math.abs(relative) >= leastRelative);
    return differs
        ? Optional.of(new Change(name, before, now, absolute, relative))
        : Optional.empty();
  }
}
