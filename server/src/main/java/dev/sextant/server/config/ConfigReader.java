package dev.sextant.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration file and lays {@code --set key=value} over it. Unknown keys are errors
 * with a line number.
 */
public final class ConfigReader {
  static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private static final JsonMapper SETTINGS = JsonMapper.builder().build();

  private ConfigReader() {}

  /**
   * Reads a configuration.
   *
   * @param file or null for defaults only
   * @param settings {@code dotted.key=value}, each laid over the file in order; values are YAML
   * @throws ConfigException naming file, line and key of the first thing wrong
   */
  public static ServerConfig read(@Nullable Path file, List<String> settings) {
    JsonNode tree = file == null ? SETTINGS.createObjectNode() : parse(file);
    for (String setting : settings) {
      tree = lay(tree, setting);
    }
    try {
      return MAPPER.treeToValue(tree, ServerConfig.class);
    } catch (JsonProcessingException e) {
      throw new ConfigException("--set: " + explain(e), e);
    }
  }

  private static JsonNode parse(Path file) {
    try {
      byte[] text = Files.readAllBytes(file);
      JsonNode tree = MAPPER.readTree(text);
      if (tree == null || tree.isMissingNode() || tree.isNull()) {
        return SETTINGS.createObjectNode();
      }
      // Bound from the text itself too, so that errors carry line numbers.
      MAPPER.readValue(text, ServerConfig.class);
      return tree;
    } catch (JsonProcessingException e) {
      throw new ConfigException(file + ", line " + line(file, e) + ": " + explain(e), e);
    } catch (IOException e) {
      throw new ConfigException("cannot read the configuration " + file + ": " + e.getMessage(), e);
    }
  }

  private static int line(Path file, JsonProcessingException error) {
    if (error instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      try {
        return YamlLines.of(Files.readString(file), mapping.getPath());
      } catch (IOException e) {
        error.addSuppressed(e);
      }
    }
    return error.getLocation() == null ? 1 : error.getLocation().getLineNr();
  }

  private static String explain(JsonProcessingException error) {
    if (error instanceof UnrecognizedPropertyException unknown) {
      String known =
          Objects.requireNonNull(unknown.getKnownPropertyIds()).stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", "));
      return "unknown key '" + path(unknown) + "'; known here: " + known;
    }
    if (error instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      Throwable cause = mapping.getCause() == null ? mapping : mapping.getCause();
      String reason =
          cause instanceof JsonProcessingException json
              ? json.getOriginalMessage()
              : cause.getMessage();
      return "'" + path(mapping) + "': " + reason;
    }
    return error.getOriginalMessage();
  }

  private static String path(JsonMappingException error) {
    return error.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static JsonNode lay(JsonNode tree, String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw new ConfigException(
          "--set " + setting + ": write it as key=value, such as listen.ports.ui=0");
    }
    String[] keys = setting.substring(0, equals).split("\\.", -1);
    ObjectNode node = (ObjectNode) tree;
    for (int i = 0; i < keys.length - 1; i++) {
      JsonNode child = node.get(keys[i]);
      node = child instanceof ObjectNode object ? object : node.putObject(keys[i]);
    }
    try {
      String value = setting.substring(equals + 1);
      JsonNode parsed =
          value.isEmpty() ? SETTINGS.getNodeFactory().textNode("") : MAPPER.readTree(value);
      node.set(keys[keys.length - 1], parsed);
      return tree;
    } catch (JsonProcessingException e) {
      throw new ConfigException("--set " + setting + ": " + e.getOriginalMessage(), e);
    }
  }
}
