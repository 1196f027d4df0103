package dev.sextant.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code openapi.yaml} as something answers are held against. Stricter than the document says: a
 * field that it does not name is an error, so that nothing is answered that stands nowhere.
 */
final class Contract {
  private static final JsonNode DOCUMENT = read();
  private static final JsonNode COMPONENTS = closed();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<JsonNode, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private Contract() {}

  private static JsonNode read() {
    try (InputStream in = Contract.class.getResourceAsStream("openapi.yaml")) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The paths that the document describes. */
  static Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    DOCUMENT.get("paths").fieldNames().forEachRemaining(paths::add);
    return paths;
  }

  /** The methods that the document gives a path, in upper case. */
  static Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    DOCUMENT
        .get("paths")
        .get(path)
        .fieldNames()
        .forEachRemaining(method -> methods.add(method.toUpperCase(java.util.Locale.ROOT)));
    return methods;
  }

  /** Fails where an answer is not what the document says of its path and status. */
  static void check(String pathAndQuery, int status, JsonNode answer) {
    String path = pathAndQuery.replaceFirst("\\?.*", "");
    if (!path.startsWith("/sextant/v1/")) {
      return;
    }
    JsonNode responses = DOCUMENT.get("paths").get(template(path)).get("get").get("responses");
    JsonNode response =
        responses.has(String.valueOf(status))
            ? responses.get(String.valueOf(status))
            : responses.get("default");
    JsonNode schema = resolve(response).at("/content/application~1json/schema");
    var errors = SCHEMAS.computeIfAbsent(schema, Contract::schema).validate(answer);
    assertThat(errors)
        .as(() -> pathAndQuery + " answered " + status + " " + answer.toPrettyString())
        .isEmpty();
  }

  /** The described path that a request's path belongs to, the one with the fewest variables. */
  static String template(String path) {
    List<String> found = new ArrayList<>();
    for (String template : paths()) {
      if (path.matches(template.replaceAll("\\{[^}]+}", "[^/]+"))) {
        found.add(template);
      }
    }
    assertThat(found).as("described paths that match " + path).isNotEmpty();
    return found.stream()
        .filter(template -> !template.contains("{"))
        .findFirst()
        .orElse(found.getFirst());
  }

  private static JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
  }

  private static Schema schema(JsonNode schema) {
    ObjectNode root = schema.deepCopy();
    close(root, false);
    root.set("components", COMPONENTS);
    return REGISTRY.getSchema(root);
  }

  private static JsonNode closed() {
    ObjectNode components = DOCUMENT.get("components").deepCopy();
    components.get("schemas").forEach(schema -> close((ObjectNode) schema, true));
    return components;
  }

  /**
   * Refuses fields without a name in the schema.
   *
   * @param part whether others add fields to what this schema describes
   */
  private static void close(ObjectNode schema, boolean part) {
    boolean object = schema.has("properties") || schema.has("allOf") || schema.has("$ref");
    if (object && !part && !schema.has("additionalProperties")) {
      schema.put("unevaluatedProperties", false);
    }
    if (schema.get("properties") instanceof ObjectNode properties) {
      properties.forEach(each -> close((ObjectNode) each, false));
    }
    if (schema.get("items") instanceof ObjectNode items) {
      close(items, false);
    }
    if (schema.get("allOf") instanceof ArrayNode parts) {
      parts.forEach(each -> close((ObjectNode) each, true));
    }
  }
}
