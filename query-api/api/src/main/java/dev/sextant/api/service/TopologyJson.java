package dev.sextant.api.service;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.api.Hues;
import dev.sextant.api.http.JsonAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The service graph as {@code openapi.yaml} writes it. */
final class TopologyJson {
  private TopologyJson() {}

  static void topology(JsonGenerator json, Topology topology, Hues hues, long millis)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("nodes");
    for (Topology.Node node : topology.nodes()) {
      json.writeStartObject();
      node(json, node, hues);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("edges");
    for (Topology.Edge edge : topology.edges()) {
      json.writeStartObject();
      edge(json, edge);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("edgesFound", topology.edgesFound());
    JsonAnswer.cost(json, millis);
    json.writeEndObject();
  }

  static void difference(JsonGenerator json, TopologyDifference found, Hues hues, long millis)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("nodes");
    for (TopologyDifference.NodeChange change : found.nodes()) {
      json.writeStartObject();
      node(json, change.now(), hues);
      state(json, change.state(), change.before().orElse(null), change.changes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("edges");
    for (TopologyDifference.EdgeChange change : found.edges()) {
      json.writeStartObject();
      edge(json, change.now());
      Red before = change.before().map(Topology.Edge::red).orElse(null);
      state(json, change.state(), before, change.changes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("edgesFound", found.edgesFound());
    thresholds(json, found.thresholds());
    JsonAnswer.cost(json, millis);
    json.writeEndObject();
  }

  static void timeline(JsonGenerator json, TopologyQueries.Timeline timeline) throws IOException {
    json.writeStartObject();
    ServiceJson.line(json, "requests", timeline.requests());
    ServiceJson.line(json, "errors", timeline.errors());
    json.writeEndObject();
  }

  private static void thresholds(JsonGenerator json, TopologyDifference.Thresholds thresholds)
      throws IOException {
    json.writeObjectFieldStart("thresholds");
    json.writeNumberField("relative", thresholds.relative());
    json.writeNumberField("rate", thresholds.rate());
    json.writeNumberField("errorShare", thresholds.errorShare());
    json.writeNumberField("p95", thresholds.p95());
    json.writeEndObject();
  }

  private static void node(JsonGenerator json, Topology.Node node, Hues hues) throws IOException {
    json.writeStringField("id", node.id());
    json.writeStringField("name", node.name());
    json.writeStringField("kind", lower(node.kind()));
    json.writeStringField("system", node.system());
    json.writeStringField("namespace", node.namespace());
    if (node.isService()) {
      json.writeNumberField("hue", hues.of(node.name()));
    } else {
      json.writeNullField("hue");
    }
    json.writeStringField("health", lower(node.health()));
    ServiceJson.red(json, node.red());
    ServiceJson.number(json, "network", node.network());
  }

  private static void edge(JsonGenerator json, Topology.Edge edge) throws IOException {
    json.writeStringField("from", edge.key().from());
    json.writeStringField("to", edge.key().to());
    json.writeStringField("type", edge.key().type());
    json.writeNumberField("calls", edge.calls());
    ServiceJson.red(json, edge.red());
    ServiceJson.number(json, "network", edge.network());
  }

  private static void state(
      JsonGenerator json,
      TopologyDifference.State state,
      @Nullable Red before,
      List<TopologyDifference.Change> changes)
      throws IOException {
    json.writeStringField("state", lower(state));
    if (before == null) {
      json.writeNullField("before");
    } else {
      json.writeObjectFieldStart("before");
      ServiceJson.red(json, before);
      json.writeEndObject();
    }
    json.writeArrayFieldStart("changes");
    for (TopologyDifference.Change change : changes) {
      json.writeStartObject();
      json.writeStringField("figure", change.name());
      json.writeNumberField("before", change.before());
      json.writeNumberField("now", change.now());
      json.writeNumberField("absolute", change.absolute());
      ServiceJson.number(json, "relative", change.relative());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
