package dev.sextant.collector.scrape;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML mapping whose keys are taken one by one; what is left over is an error with its line. */
final class YamlKeys {
  private final String file;
  private final Node node;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  YamlKeys(String file, Node node) throws ScrapeConfigException {
    this.file = file;
    this.node = node;
    if (!(node instanceof MappingNode mapping)) {
      throw error(node, "expected keys and values here");
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw error(entry.getKeyNode(), "expected a key");
      }
      if (values.put(key.getValue(), entry.getValueNode()) != null) {
        throw error(key, "key '" + key.getValue() + "' stands twice");
      }
      lines.put(key.getValue(), key.getStartMark().getLine() + 1);
    }
  }

  ScrapeConfigException error(String message) {
    return error(node, message);
  }

  ScrapeConfigException error(Node at, String message) {
    return new ScrapeConfigException(file, at.getStartMark().getLine() + 1, message);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Fails where a key is left that nobody took. */
  void done(Set<String> knownButUnsupported) throws ScrapeConfigException {
    for (String key : values.keySet()) {
      int line = lines.getOrDefault(key, 1);
      throw new ScrapeConfigException(
          file,
          line,
          knownButUnsupported.contains(key)
              ? "'" + key + "' of Prometheus is not supported yet; remove it"
              : "unknown key '" + key + "'");
    }
  }

  String text(String key, String otherwise) throws ScrapeConfigException {
    Node value = values.remove(key);
    return value == null || isNull(value) ? otherwise : scalar(value, key);
  }

  boolean flag(String key, boolean otherwise) throws ScrapeConfigException {
    Node value = values.remove(key);
    if (value == null) {
      return otherwise;
    }
    return switch (scalar(value, key)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw error(value, "'" + key + "' is not true or false");
    };
  }

  long number(String key, long otherwise) throws ScrapeConfigException {
    Node value = values.remove(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(scalar(value, key));
    } catch (NumberFormatException e) {
      throw error(value, "'" + key + "' is not a whole number: " + scalar(value, key));
    }
  }

  Duration duration(String key, Duration otherwise) throws ScrapeConfigException {
    Node value = values.remove(key);
    if (value == null) {
      return otherwise;
    }
    Duration parsed = Units.duration(scalar(value, key));
    if (parsed == null || parsed.isZero()) {
      throw error(
          value, "'" + key + "' is not a duration such as 15s or 1m30s: " + scalar(value, key));
    }
    return parsed;
  }

  long size(String key, long otherwise) throws ScrapeConfigException {
    Node value = values.remove(key);
    if (value == null) {
      return otherwise;
    }
    long parsed = Units.size(scalar(value, key));
    if (parsed < 0) {
      throw error(value, "'" + key + "' is not a size such as 10MB: " + scalar(value, key));
    }
    return parsed;
  }

  List<String> texts(String key) throws ScrapeConfigException {
    List<String> all = new ArrayList<>();
    for (Node each : nodes(key)) {
      all.add(scalar(each, key));
    }
    return all;
  }

  List<YamlKeys> mappings(String key) throws ScrapeConfigException {
    List<YamlKeys> all = new ArrayList<>();
    for (Node each : nodes(key)) {
      all.add(new YamlKeys(file, each));
    }
    return all;
  }

  @Nullable YamlKeys mapping(String key) throws ScrapeConfigException {
    Node value = values.remove(key);
    return value == null || isNull(value) ? null : new YamlKeys(file, value);
  }

  /** A mapping of free keys to texts. */
  Map<String, String> textMap(String key) throws ScrapeConfigException {
    YamlKeys keys = mapping(key);
    Map<String, String> all = new LinkedHashMap<>();
    if (keys != null) {
      for (Map.Entry<String, Node> entry : keys.values.entrySet()) {
        all.put(entry.getKey(), scalar(entry.getValue(), entry.getKey()));
      }
    }
    return all;
  }

  /** A mapping of free keys to lists of texts. */
  Map<String, List<String>> textLists(String key) throws ScrapeConfigException {
    YamlKeys keys = mapping(key);
    Map<String, List<String>> all = new LinkedHashMap<>();
    if (keys != null) {
      for (String each : List.copyOf(keys.values.keySet())) {
        all.put(each, keys.texts(each));
      }
    }
    return all;
  }

  private List<Node> nodes(String key) throws ScrapeConfigException {
    Node value = values.remove(key);
    if (value == null || isNull(value)) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence)) {
      throw error(value, "'" + key + "' is not a list");
    }
    return sequence.getValue();
  }

  private String scalar(Node value, String key) throws ScrapeConfigException {
    if (!(value instanceof ScalarNode scalar)) {
      throw error(value, "'" + key + "' is not a single value");
    }
    return scalar.getValue();
  }

  private static boolean isNull(Node value) {
    return Tag.NULL.equals(value.getTag());
  }
}
