package dev.sextant.testing.tracers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A trace as the server tells it. */
record Trace(String id, JsonNode json) {

  /** Each root's spans, a parent before its children, as {@code depth service kind}. */
  List<String> tree() {
    List<String> lines = new ArrayList<>();
    add("", 0, lines);
    return lines;
  }

  private void add(String parent, int depth, List<String> lines) {
    for (JsonNode span : json.at("/spans")) {
      if (span.at("/parentSpanId").asText().equals(parent)) {
        lines.add(depth + " " + service(span) + " " + span.at("/kind").asText());
        add(span.at("/spanId").asText(), depth + 1, lines);
      }
    }
  }

  private String service(JsonNode span) {
    JsonNode resource = json.at("/resources/" + span.at("/resource").asInt());
    for (JsonNode attribute : resource.findParents("key")) {
      if (attribute.at("/key").asText().equals("service.name")) {
        return attribute.at("/value").asText();
      }
    }
    throw new AssertionError("no service.name in " + resource);
  }

  int size() {
    return json.at("/spans").size();
  }
}
