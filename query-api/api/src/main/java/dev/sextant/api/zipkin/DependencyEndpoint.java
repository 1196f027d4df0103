package dev.sextant.api.zipkin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.api.service.Topology;
import dev.sextant.api.service.Topology.Edge;
import dev.sextant.api.service.Topology.Kind;
import dev.sextant.api.service.Topology.Node;
import dev.sextant.api.service.TopologyQueries;
import dev.sextant.api.tempo.TempoLimits;
import dev.sextant.storage.TimeRange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code dependencies}: who calls whom, from the metrics of the service graph. */
final class DependencyEndpoint {
  private static final Set<String> PARAMETERS = Set.of("endTs", "lookback");

  private final TopologyQueries topology;
  private final TempoLimits limits;

  DependencyEndpoint(TopologyQueries topology, TempoLimits limits) {
    this.topology = topology;
    this.limits = limits;
  }

  /** Callers that told nothing of themselves are left out, as Zipkin has them. */
  HttpResponse links(Access access, Params params) {
    ZipkinParams.only(params, PARAMETERS);
    ZipkinParams.Range range = ZipkinParams.Range.of(params, limits);
    TimeRange time = new TimeRange(range.fromNanos(), range.toNanos() + 1);
    Topology graph = topology.topology(access, time, TopologyQueries.MAX_EDGES);
    Map<String, Node> nodes =
        graph.nodes().stream().collect(Collectors.toMap(Node::id, Function.identity()));
    Map<Pair, Calls> links = new LinkedHashMap<>();
    for (Edge edge : graph.edges()) {
      Node parent = nodes.get(edge.key().from());
      Node child = nodes.get(edge.key().to());
      if (parent != null && child != null && parent.kind() != Kind.CLIENT) {
        links.merge(new Pair(parent.name(), child.name()), Calls.of(edge), Calls::plus);
      }
    }
    return JsonAnswer.ok(
        json -> {
          json.writeStartArray();
          for (Map.Entry<Pair, Calls> link : links.entrySet()) {
            write(json, link.getKey(), link.getValue());
          }
          json.writeEndArray();
        });
  }

  /** Zipkin knows names alone: two services that call and send messages are one pair. */
  private record Pair(String parent, String child) {}

  private record Calls(double all, double failed) {
    static Calls of(Edge edge) {
      return new Calls(edge.calls(), edge.calls() * edge.red().errorShare());
    }

    Calls plus(Calls other) {
      return new Calls(all + other.all, failed + other.failed);
    }
  }

  private static void write(JsonGenerator json, Pair pair, Calls counted) throws IOException {
    long calls = Math.round(counted.all);
    if (calls == 0) {
      return;
    }
    json.writeStartObject();
    json.writeStringField("parent", pair.parent);
    json.writeStringField("child", pair.child);
    json.writeNumberField("callCount", calls);
    long errors = Math.round(counted.failed);
    if (errors > 0) {
      json.writeNumberField("errorCount", errors);
    }
    json.writeEndObject();
  }
}
