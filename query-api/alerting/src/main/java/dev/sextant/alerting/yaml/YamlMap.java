package dev.sextant.alerting.yaml;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a YAML document. What is not as asked for is told to the document's listener with
 * its place, and read as if it were not there, so that one reading finds all that is wrong. Aliases
 * and merge keys stand for what they name.
 */
public final class YamlMap {
  private static final int MOST_CODE_POINTS = 64 << 20;

  private final Node node;
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Consumer<Problem> problems;

  private YamlMap(Node node, Consumer<Problem> problems) {
    this.node = node;
    this.problems = problems;
    if (node instanceof MappingNode mapping) {
      addAll(mapping, false);
    } else if (!isNull(node)) {
      problem(node, "expected a mapping of keys to values");
    }
  }

  /** The first document of a text; empty where it does not parse. */
  public static YamlMap parse(String text, Consumer<Problem> problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CODE_POINTS);
    try {
      Iterator<Node> documents = new Yaml(options).composeAll(new StringReader(text)).iterator();
      return new YamlMap(documents.hasNext() ? documents.next() : nothing(), problems);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      problems.accept(
          new Problem(
              mark == null ? 1 : mark.getLine() + 1,
              mark == null ? 1 : mark.getColumn() + 1,
              String.valueOf(e.getProblem())));
    } catch (YAMLException e) {
      problems.accept(new Problem(0, 0, String.valueOf(e.getMessage())));
    }
    return new YamlMap(nothing(), problems);
  }

  private static Node nothing() {
    return new ScalarNode(
        Tag.NULL, "", null, null, org.yaml.snakeyaml.DumperOptions.ScalarStyle.PLAIN);
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private void addAll(MappingNode mapping, boolean merged) {
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        problem(entry.getKeyNode(), "a key must be a text");
        continue;
      }
      if (!key.getTag().equals(Tag.MERGE)) {
        Node before = values.putIfAbsent(key.getValue(), entry.getValueNode());
        keys.putIfAbsent(key.getValue(), key);
        if (before != null && !merged) {
          problem(key, "the key '" + key.getValue() + "' stands twice");
        }
      }
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
        merge(entry.getValueNode());
      }
    }
  }

  private void merge(Node value) {
    switch (value) {
      case MappingNode mapping -> addAll(mapping, true);
      case SequenceNode sequence -> sequence.getValue().forEach(this::merge);
      default -> problem(value, "a merge key takes a mapping");
    }
  }

  private void problem(Node at, String message) {
    Mark mark = at.getStartMark();
    problems.accept(
        mark == null
            ? new Problem(0, 0, message)
            : new Problem(mark.getLine() + 1, mark.getColumn() + 1, message));
  }

  /** Tells that something is wrong with this mapping. */
  public void problem(String message) {
    problem(node, message);
  }

  /** Tells that something is wrong with the value of a key, or with this where it has none. */
  public void problem(String key, String message) {
    problem(values.getOrDefault(key, node), message);
  }

  public boolean has(String key) {
    Node value = values.get(key);
    return value != null && !isNull(value);
  }

  /** Every other key is a problem. */
  public void only(List<String> known) {
    keys.forEach(
        (name, key) -> {
          if (!known.contains(name)) {
            problem(key, "unknown key '" + name + "'; known here: " + String.join(", ", known));
          }
        });
  }

  private @Nullable Node value(String key) {
    Node value = values.get(key);
    return value == null || isNull(value) ? null : value;
  }

  /** Any scalar, as it is written. */
  public Optional<String> text(String key) {
    return switch (value(key)) {
      case null -> Optional.empty();
      case ScalarNode scalar -> Optional.of(scalar.getValue());
      case Node other -> {
        problem(other, "'" + key + "' must be a text");
        yield Optional.empty();
      }
    };
  }

  public Duration duration(String key, Duration absent) {
    Optional<String> text = text(key);
    Duration duration = text.map(PromDuration::parse).orElse(null);
    if (text.isPresent() && duration == null) {
      problem(key, "'" + key + "' is '" + text.get() + "', which is no duration such as 30s or 5m");
    }
    return duration == null ? absent : duration;
  }

  /** A whole number from 0. */
  public int count(String key) {
    Optional<String> text = text(key);
    if (text.isPresent() && !text.get().matches("\\d{1,9}")) {
      problem(key, "'" + key + "' is '" + text.get() + "'; it must be a whole number from 0");
      return 0;
    }
    return text.map(Integer::parseInt).orElse(0);
  }

  public boolean flag(String key) {
    Optional<String> text = text(key);
    if (text.isPresent() && !text.get().matches("true|false")) {
      problem(key, "'" + key + "' is '" + text.get() + "'; it must be true or false");
    }
    return text.map("true"::equals).orElse(false);
  }

  private List<Node> nodes(String key) {
    return switch (value(key)) {
      case null -> List.of();
      case SequenceNode sequence -> sequence.getValue();
      case Node other -> {
        problem(other, "'" + key + "' must be a list");
        yield List.of();
      }
    };
  }

  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node each : nodes(key)) {
      if (each instanceof ScalarNode scalar) {
        texts.add(scalar.getValue());
      } else {
        problem(each, "'" + key + "' must be a list of texts");
      }
    }
    return texts;
  }

  public List<YamlMap> maps(String key) {
    return nodes(key).stream().map(each -> new YamlMap(each, problems)).toList();
  }

  /** A mapping of names to texts, in the order written; empty where it is absent. */
  public Map<String, String> map(String key) {
    Map<String, String> map = new LinkedHashMap<>();
    Node value = value(key);
    if (value != null) {
      YamlMap inner = new YamlMap(value, problems);
      inner.keys.keySet().forEach(name -> map.put(name, inner.text(name).orElse("")));
    }
    return map;
  }
}
