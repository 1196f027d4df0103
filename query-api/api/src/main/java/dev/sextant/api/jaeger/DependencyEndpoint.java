package dev.sextant.api.jaeger;

import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.api.service.Topology;
import dev.sextant.api.service.TopologyQueries;
import dev.sextant.storage.TimeRange;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who calls whom, from the service graph. */
final class DependencyEndpoint {
  private static final long DAY_MILLIS = 86_400_000;

  private final TopologyQueries topology;

  DependencyEndpoint(TopologyQueries topology) {
    this.topology = topology;
  }

  HttpResponse dependencies(Access access, Params params) {
    JaegerParams.only(params, Set.of("endTs", "lookback", "service"));
    Topology graph = topology.topology(access, range(params), TopologyQueries.MAX_EDGES);
    Map<String, String> names = new HashMap<>();
    graph.nodes().forEach(node -> names.put(node.id(), node.name()));
    String service = params.text("service").orElse("");
    Map<String, Map<String, Double>> calls = new TreeMap<>();
    for (Topology.Edge edge : graph.edges()) {
      String parent = names.getOrDefault(edge.key().from(), edge.key().from());
      String child = names.getOrDefault(edge.key().to(), edge.key().to());
      if (service.isEmpty() || service.equals(parent) || service.equals(child)) {
        calls
            .computeIfAbsent(parent, none -> new TreeMap<>())
            .merge(child, edge.calls(), Double::sum);
      }
    }
    return answer(calls);
  }

  private static TimeRange range(Params params) {
    long to =
        JaegerParams.whole(params, "endTs", "milliseconds since the epoch")
            .orElse(params.nowMillis());
    long lookback = JaegerParams.whole(params, "lookback", "milliseconds").orElse(DAY_MILLIS);
    try {
      return TimeRange.ofMillis(Math.max(0, to - lookback), to);
    } catch (ArithmeticException e) {
      throw ApiException.badRequest("'endTs' must lie before the year 2262");
    }
  }

  private static HttpResponse answer(Map<String, Map<String, Double>> calls) {
    return Envelope.of(
        0,
        json -> {
          json.writeStartArray();
          for (Map.Entry<String, Map<String, Double>> parent : calls.entrySet()) {
            for (Map.Entry<String, Double> child : parent.getValue().entrySet()) {
              json.writeStartObject();
              json.writeStringField("parent", parent.getKey());
              json.writeStringField("child", child.getKey());
              json.writeNumberField("callCount", Math.max(1, Math.round(child.getValue())));
              json.writeEndObject();
            }
          }
          json.writeEndArray();
        });
  }
}
