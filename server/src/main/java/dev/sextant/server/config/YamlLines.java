package dev.sextant.server.config;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.StringReader;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Finds the line of a key in a YAML text; Jackson itself has moved on by the time it reports a key.
 */
final class YamlLines {
  private YamlLines() {}

  /** The line, from 1, of the last step of the path that the text has. */
  static int of(String yaml, List<JsonMappingException.Reference> path) {
    Node node = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
    int line = 1;
    for (JsonMappingException.Reference step : path) {
      if (node instanceof SequenceNode sequence && step.getFieldName() == null) {
        node = sequence.getValue().get(step.getIndex());
        line = node.getStartMark().getLine() + 1;
        continue;
      }
      NodeTuple entry = entry(node, step.getFieldName());
      if (entry == null) {
        return line;
      }
      line = entry.getKeyNode().getStartMark().getLine() + 1;
      node = entry.getValueNode();
    }
    return line;
  }

  private static @org.jspecify.annotations.Nullable NodeTuple entry(Node node, String key) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple each : mapping.getValue()) {
        if (each.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
          return each;
        }
      }
    }
    return null;
  }
}
