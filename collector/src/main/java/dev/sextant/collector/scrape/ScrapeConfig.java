package dev.sextant.collector.scrape;

import dev.sextant.collector.relabel.RelabelRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One entry of {@code scrape_configs}.
 *
 * @param accept value of the {@code Accept} header
 * @param limits 0 in each means none
 */
public record ScrapeConfig(
    String job,
    Duration interval,
    Duration timeout,
    String scheme,
    String metricsPath,
    Map<String, List<String>> params,
    boolean honorLabels,
    boolean honorTimestamps,
    boolean followRedirects,
    boolean compression,
    String accept,
    Credentials credentials,
    Limits limits,
    List<StaticGroup> staticGroups,
    List<FileDiscovery> files,
    List<RelabelRule> relabel,
    List<RelabelRule> metricRelabel) {

  /**
   * What goes into {@code Authorization}; the file is read at each scrape, so that a secret can
   * change.
   *
   * @param type {@code Basic}, {@code Bearer} or another; empty for none
   * @param secret with {@code user:} before it for Basic
   * @param file whose content is the secret, or an empty path
   */
  public record Credentials(String type, String user, String secret, Path file) {
    static final Credentials NONE = new Credentials("", "", "", Path.of(""));

    /** Without the secret. */
    @Override
    public String toString() {
      return type.isEmpty() ? "none" : type;
    }
  }

  /** Bounds whose excess fails a scrape as a whole. */
  public record Limits(
      long samples, long labels, long labelName, long labelValue, long bodyBytes) {}

  /** Targets with labels in common, as {@code static_configs} and discovery files have them. */
  public record StaticGroup(List<String> targets, Map<String, String> labels) {
    public StaticGroup {
      targets = List.copyOf(targets);
      labels = Map.copyOf(labels);
    }
  }

  /**
   * @param patterns of files; the last name may hold {@code *}
   */
  public record FileDiscovery(List<Path> patterns, Duration refresh) {
    public FileDiscovery {
      patterns = List.copyOf(patterns);
    }
  }
}
