package dev.sextant.collector.scrape;

import dev.sextant.collector.relabel.RelabelRule;
import dev.sextant.metrics.model.Labels;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something to scrape. Two targets of a pool are the same where URL and labels are.
 *
 * @param labels on every sample; without those that begin with {@code __}
 * @param discovered labels before relabeling
 */
record Target(
    ScrapeConfig config,
    String url,
    Labels labels,
    Map<String, String> discovered,
    Duration interval,
    Duration timeout) {

  /** What came of one address of a group. */
  sealed interface Made {
    record Active(Target target) implements Made {}

    record Dropped(Map<String, String> discovered) implements Made {}

    record Wrong(String why) implements Made {}
  }

  static Made make(
      ScrapeConfig config, String address, Map<String, String> group, Map<String, String> meta) {
    TreeMap<String, String> labels = new TreeMap<>(meta);
    labels.putAll(group);
    labels.put("__address__", address);
    labels.putIfAbsent("job", config.job());
    labels.putIfAbsent("__scheme__", config.scheme());
    labels.putIfAbsent("__metrics_path__", config.metricsPath());
    labels.putIfAbsent("__scrape_interval__", config.interval().toMillis() + "ms");
    labels.putIfAbsent("__scrape_timeout__", config.timeout().toMillis() + "ms");
    config
        .params()
        .forEach(
            (name, values) -> {
              if (!values.isEmpty()) {
                labels.putIfAbsent("__param_" + name, values.getFirst());
              }
            });
    labels.values().removeIf(String::isEmpty);
    Map<String, String> discovered = Map.copyOf(labels);
    if (!RelabelRule.apply(config.relabel(), labels) || !labels.containsKey("__address__")) {
      return new Made.Dropped(discovered);
    }
    String wrong = wrong(labels);
    return wrong != null
        ? new Made.Wrong("target " + address + " of job " + config.job() + ": " + wrong)
        : new Made.Active(active(config, labels, discovered));
  }

  private static @Nullable String wrong(TreeMap<String, String> labels) {
    String address = labels.getOrDefault("__address__", "");
    if (address.contains("/") || address.isBlank()) {
      return "'" + address + "' is not host:port";
    }
    String scheme = labels.getOrDefault("__scheme__", "");
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return "scheme '" + scheme + "' is not http or https";
    }
    Duration interval = Units.duration(labels.getOrDefault("__scrape_interval__", ""));
    Duration timeout = Units.duration(labels.getOrDefault("__scrape_timeout__", ""));
    if (interval == null || timeout == null || interval.isZero() || timeout.isZero()) {
      return "its scrape interval or timeout is no duration above 0";
    }
    return timeout.compareTo(interval) > 0
        ? "its scrape timeout is longer than its interval"
        : null;
  }

  private static Target active(
      ScrapeConfig config, TreeMap<String, String> labels, Map<String, String> discovered) {
    String address = labels.getOrDefault("__address__", "");
    String url =
        labels.get("__scheme__")
            + "://"
            + address
            + labels.getOrDefault("__metrics_path__", "/metrics")
            + query(config.params(), labels);
    Duration interval = duration(labels, "__scrape_interval__", config.interval());
    Duration timeout = duration(labels, "__scrape_timeout__", config.timeout());
    labels.putIfAbsent("instance", address);
    labels.keySet().removeIf(name -> name.startsWith("__"));
    return new Target(config, url, Labels.of(labels), discovered, interval, timeout);
  }

  private static Duration duration(
      TreeMap<String, String> labels, String name, Duration otherwise) {
    Duration parsed = Units.duration(labels.getOrDefault(name, ""));
    return parsed == null ? otherwise : parsed;
  }

  private static String query(Map<String, List<String>> params, TreeMap<String, String> labels) {
    TreeMap<String, List<String>> all = new TreeMap<>(params);
    labels.forEach(
        (name, value) -> {
          if (name.startsWith("__param_")) {
            List<String> given = all.getOrDefault(name.substring(8), List.of(""));
            all.put(
                name.substring(8),
                Stream.concat(Stream.of(value), given.stream().skip(1)).toList());
          }
        });
    StringBuilder query = new StringBuilder();
    all.forEach(
        (name, values) ->
            values.forEach(
                value ->
                    query
                        .append(query.isEmpty() ? '?' : '&')
                        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8))));
    return query.toString();
  }

  /** What makes a target the same after discovery ran again. */
  record Key(String job, String url, Labels labels) {}

  Key key() {
    return new Key(config.job(), url, labels);
  }

  /** {@code job} and {@code instance} as the store groups samples by. */
  Labels storeTarget() {
    return Labels.of("job", labels.get("job"), "instance", labels.get("instance"));
  }
}
