package dev.sextant.collector.scrape;

import dev.sextant.collector.scrape.ScrapeConfig.StaticGroup;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a file with Prometheus' {@code global} and {@code scrape_configs}. */
public final class ScrapeConfigs {
  private static final Set<String> TOP_UNSUPPORTED =
      Set.of(
          "alerting",
          "rule_files",
          "scrape_config_files",
          "remote_write",
          "remote_read",
          "storage",
          "tracing",
          "otlp",
          "runtime");
  private static final Set<String> GLOBAL_UNSUPPORTED =
      Set.of(
          "external_labels",
          "query_log_file",
          "scrape_failure_log_file",
          "rule_query_offset",
          "body_size_limit",
          "sample_limit",
          "label_limit",
          "label_name_length_limit",
          "label_value_length_limit",
          "target_limit",
          "keep_dropped_targets",
          "metric_name_validation_scheme",
          "metric_name_escaping_scheme",
          "scrape_native_histograms",
          "always_scrape_classic_histograms",
          "convert_classic_histograms_to_nhcb",
          "extra_scrape_metrics",
          "scrape_protocols");

  private ScrapeConfigs() {}

  /** Reads a file; relative paths inside are relative to its folder. */
  public static List<ScrapeConfig> read(Path file) throws ScrapeConfigException {
    try {
      Path folder = file.toAbsolutePath().getParent();
      return parse(file.toString(), Files.readString(file), folder == null ? Path.of("") : folder);
    } catch (IOException e) {
      throw new ScrapeConfigException("scrape configuration " + file + " cannot be read: " + e, e);
    }
  }

  static List<ScrapeConfig> parse(String file, String yaml, Path folder)
      throws ScrapeConfigException {
    Node root;
    try {
      root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
    } catch (YAMLException e) {
      throw new ScrapeConfigException(file + " is no YAML: " + e.getMessage(), e);
    }
    if (root == null) {
      return List.of();
    }
    YamlKeys top = new YamlKeys(file, root);
    Duration interval = Duration.ofMinutes(1);
    Duration timeout = Duration.ofSeconds(10);
    YamlKeys global = top.mapping("global");
    if (global != null) {
      interval = global.duration("scrape_interval", interval);
      timeout =
          global.duration("scrape_timeout", timeout.compareTo(interval) > 0 ? interval : timeout);
      global.duration("evaluation_interval", interval);
      global.done(GLOBAL_UNSUPPORTED);
    }
    List<ScrapeConfig> all = new ArrayList<>();
    Set<String> jobs = new HashSet<>();
    for (YamlKeys each : top.mappings("scrape_configs")) {
      ScrapeConfig config = new ScrapeConfigReader(each, folder).read(interval, timeout);
      if (!jobs.add(config.job())) {
        throw each.error("job_name '" + config.job() + "' stands twice");
      }
      all.add(config);
    }
    top.done(TOP_UNSUPPORTED);
    return all;
  }

  /** The groups of a discovery file, JSON being YAML too. */
  static List<StaticGroup> groups(Path file) throws ScrapeConfigException {
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(Files.readString(file)));
      if (root == null) {
        return List.of();
      }
      if (!(root instanceof SequenceNode list)) {
        throw new ScrapeConfigException(file.toString(), 1, "expected a list of target groups");
      }
      List<StaticGroup> groups = new ArrayList<>();
      for (Node each : list.getValue()) {
        groups.add(group(new YamlKeys(file.toString(), each)));
      }
      return groups;
    } catch (IOException | YAMLException e) {
      throw new ScrapeConfigException("discovery file " + file + " cannot be read: " + e, e);
    }
  }

  static StaticGroup group(YamlKeys keys) throws ScrapeConfigException {
    List<String> targets = keys.texts("targets");
    Map<String, String> labels = new LinkedHashMap<>(keys.textMap("labels"));
    keys.done(Set.of());
    for (String target : targets) {
      if (target.contains("/")) {
        throw keys.error("'" + target + "' is not host:port");
      }
    }
    return new StaticGroup(targets, labels);
  }
}
