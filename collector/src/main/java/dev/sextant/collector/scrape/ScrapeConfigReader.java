package dev.sextant.collector.scrape;

import dev.sextant.collector.receive.Names;
import dev.sextant.collector.relabel.RelabelRule;
import dev.sextant.collector.relabel.RelabelRule.Action;
import dev.sextant.collector.scrape.ScrapeConfig.Credentials;
import dev.sextant.collector.scrape.ScrapeConfig.FileDiscovery;
import dev.sextant.collector.scrape.ScrapeConfig.Limits;
import dev.sextant.collector.scrape.ScrapeConfig.StaticGroup;
import dev.sextant.metrics.model.LabelRegex;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one entry of {@code scrape_configs}. */
final class ScrapeConfigReader {
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "tls_config",
          "oauth2",
          "proxy_url",
          "proxy_from_environment",
          "no_proxy",
          "proxy_connect_header",
          "http_headers",
          "enable_http2",
          "target_limit",
          "keep_dropped_targets",
          "native_histogram_bucket_limit",
          "native_histogram_min_bucket_factor",
          "scrape_native_histograms",
          "always_scrape_classic_histograms",
          "scrape_classic_histograms",
          "convert_classic_histograms_to_nhcb",
          "track_timestamps_staleness",
          "scrape_failure_log_file",
          "metric_name_validation_scheme",
          "metric_name_escaping_scheme",
          "fallback_scrape_protocol",
          "extra_scrape_metrics",
          "bearer_token",
          "bearer_token_file",
          "azure_sd_configs",
          "consul_sd_configs",
          "digitalocean_sd_configs",
          "dns_sd_configs",
          "docker_sd_configs",
          "dockerswarm_sd_configs",
          "ec2_sd_configs",
          "eureka_sd_configs",
          "gce_sd_configs",
          "hetzner_sd_configs",
          "http_sd_configs",
          "ionos_sd_configs",
          "kubernetes_sd_configs",
          "kuma_sd_configs",
          "lightsail_sd_configs",
          "linode_sd_configs",
          "marathon_sd_configs",
          "nerve_sd_configs",
          "nomad_sd_configs",
          "openstack_sd_configs",
          "ovhcloud_sd_configs",
          "puppetdb_sd_configs",
          "scaleway_sd_configs",
          "serverset_sd_configs",
          "stackit_sd_configs",
          "triton_sd_configs",
          "uyuni_sd_configs",
          "vultr_sd_configs");

  private static final Map<String, String> PROTOCOLS =
      Map.of(
          "OpenMetricsText1.0.0", "application/openmetrics-text;version=1.0.0",
          "OpenMetricsText0.0.1", "application/openmetrics-text;version=0.0.1",
          "PrometheusText1.0.0", "text/plain;version=1.0.0",
          "PrometheusText0.0.4", "text/plain;version=0.0.4");
  private static final List<String> DEFAULT_PROTOCOLS =
      List.of("OpenMetricsText1.0.0", "OpenMetricsText0.0.1", "PrometheusText0.0.4");

  /** A label's name in which groups of a match may stand. */
  private static final Pattern NAME_TEMPLATE =
      Pattern.compile("([a-zA-Z_]|\\$(\\{\\w+}|\\w+))(\\w|\\$(\\{\\w+}|\\w+))*");

  private final YamlKeys keys;
  private final Path folder;

  ScrapeConfigReader(YamlKeys keys, Path folder) {
    this.keys = keys;
    this.folder = folder;
  }

  ScrapeConfig read(Duration globalInterval, Duration globalTimeout) throws ScrapeConfigException {
    String job = keys.text("job_name", "");
    if (job.isEmpty()) {
      throw keys.error("a scrape configuration has no job_name");
    }
    Duration interval = keys.duration("scrape_interval", globalInterval);
    boolean ownTimeout = keys.has("scrape_timeout");
    Duration timeout = keys.duration("scrape_timeout", globalTimeout);
    if (timeout.compareTo(interval) > 0) {
      if (ownTimeout) {
        throw keys.error("scrape_timeout of job '" + job + "' is longer than its scrape_interval");
      }
      timeout = interval;
    }
    String scheme = keys.text("scheme", "http");
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw keys.error("scheme '" + scheme + "' is not http or https");
    }
    ScrapeConfig config =
        new ScrapeConfig(
            job,
            interval,
            timeout,
            scheme,
            keys.text("metrics_path", "/metrics"),
            keys.textLists("params"),
            keys.flag("honor_labels", false),
            keys.flag("honor_timestamps", true),
            keys.flag("follow_redirects", true),
            keys.flag("enable_compression", true),
            accept(),
            credentials(),
            limits(),
            groups(),
            files(),
            rules("relabel_configs"),
            rules("metric_relabel_configs"));
    keys.done(UNSUPPORTED);
    return config;
  }

  private String accept() throws ScrapeConfigException {
    List<String> named = keys.texts("scrape_protocols");
    StringBuilder accept = new StringBuilder();
    double quality = 1;
    for (String each : named.isEmpty() ? DEFAULT_PROTOCOLS : named) {
      String type = PROTOCOLS.get(each);
      if (type == null) {
        throw keys.error("scrape_protocols: '" + each + "' is none of " + PROTOCOLS.keySet());
      }
      accept.append(type).append(String.format(Locale.ROOT, ";q=%.1f,", quality));
      quality = Math.max(0.2, quality - 0.1);
    }
    return accept.append("*/*;q=0.1").toString();
  }

  private Credentials credentials() throws ScrapeConfigException {
    YamlKeys basic = keys.mapping("basic_auth");
    YamlKeys other = keys.mapping("authorization");
    if (basic != null && other != null) {
      throw keys.error("basic_auth and authorization cannot stand together");
    }
    if (basic != null) {
      Credentials read =
          new Credentials(
              "Basic",
              basic.text("username", ""),
              basic.text("password", ""),
              folder.resolve(basic.text("password_file", "")));
      basic.done(Set.of("username_file"));
      return read;
    }
    if (other != null) {
      String type = other.text("type", "Bearer");
      if (type.equalsIgnoreCase("basic")) {
        throw other.error("authorization type 'basic' is written as basic_auth");
      }
      Credentials read =
          new Credentials(
              type,
              "",
              other.text("credentials", ""),
              folder.resolve(other.text("credentials_file", "")));
      other.done(Set.of());
      return read;
    }
    return Credentials.NONE;
  }

  private Limits limits() throws ScrapeConfigException {
    return new Limits(
        keys.number("sample_limit", 0),
        keys.number("label_limit", 0),
        keys.number("label_name_length_limit", 0),
        keys.number("label_value_length_limit", 0),
        keys.size("body_size_limit", 0));
  }

  private List<StaticGroup> groups() throws ScrapeConfigException {
    List<StaticGroup> groups = new ArrayList<>();
    for (YamlKeys each : keys.mappings("static_configs")) {
      groups.add(ScrapeConfigs.group(each));
    }
    return groups;
  }

  private List<FileDiscovery> files() throws ScrapeConfigException {
    List<FileDiscovery> all = new ArrayList<>();
    for (YamlKeys each : keys.mappings("file_sd_configs")) {
      List<Path> patterns = new ArrayList<>();
      for (String pattern : each.texts("files")) {
        if (!pattern.matches(".*\\.(json|yml|yaml|JSON|YML|YAML)")) {
          throw each.error("file_sd_configs: '" + pattern + "' is not .json, .yml or .yaml");
        }
        patterns.add(folder.resolve(pattern));
      }
      all.add(
          new FileDiscovery(patterns, each.duration("refresh_interval", Duration.ofMinutes(5))));
      each.done(Set.of());
    }
    return all;
  }

  private List<RelabelRule> rules(String key) throws ScrapeConfigException {
    List<RelabelRule> rules = new ArrayList<>();
    for (YamlKeys each : keys.mappings(key)) {
      rules.add(rule(each));
    }
    return rules;
  }

  private static RelabelRule rule(YamlKeys keys) throws ScrapeConfigException {
    Action action = action(keys);
    List<String> sources = keys.texts("source_labels");
    String regex = keys.text("regex", "(.*)");
    String target = keys.text("target_label", "");
    long modulus = keys.number("modulus", 0);
    RelabelRule rule =
        new RelabelRule(
            action,
            sources,
            keys.text("separator", ";"),
            pattern(keys, regex),
            target,
            keys.text("replacement", "$1"),
            modulus);
    keys.done(Set.of());
    boolean needsTarget =
        switch (action) {
          case REPLACE, HASHMOD, LOWERCASE, UPPERCASE, KEEPEQUAL, DROPEQUAL -> true;
          default -> false;
        };
    if (needsTarget && target.isEmpty()) {
      throw keys.error("relabel action " + action + " needs target_label");
    }
    boolean template = action == Action.REPLACE && NAME_TEMPLATE.matcher(target).matches();
    if (needsTarget && !template && !Names.isLabelName(target)) {
      throw keys.error("target_label '" + target + "' is no label's name");
    }
    if (action == Action.LABELMAP && !NAME_TEMPLATE.matcher(rule.replacement()).matches()) {
      throw keys.error("replacement '" + rule.replacement() + "' makes no label's name");
    }
    if (action == Action.HASHMOD && modulus <= 0) {
      throw keys.error("relabel action hashmod needs a modulus above 0");
    }
    return rule;
  }

  private static Action action(YamlKeys keys) throws ScrapeConfigException {
    String named = keys.text("action", "replace");
    for (Action each : Action.values()) {
      if (each.name().equalsIgnoreCase(named)) {
        return each;
      }
    }
    throw keys.error("relabel action '" + named + "' is not known");
  }

  private static LabelRegex pattern(YamlKeys keys, String regex) throws ScrapeConfigException {
    try {
      return LabelRegex.compile(regex);
    } catch (IllegalArgumentException e) {
      throw keys.error("regex '" + regex + "' is none: " + e.getMessage());
    }
  }
}
