package dev.sextant.alerting.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads rule files in Prometheus' format; see its documentation of recording and alerting rules.
 */
public final class RuleFile {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final Pattern DURATION = Pattern.compile("(?:(\\d+)(ms|s|m|h|d|w|y))");
  private static final Pattern WHOLE_DURATION = Pattern.compile("0|(\\d+(ms|s|m|h|d|w|y))+");
  private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private RuleFile() {}

  private record File(@Nullable List<Group> groups) {}

  private record Group(
      @Nullable String name,
      @Nullable String interval,
      int limit,
      @JsonProperty("query_offset") @Nullable String queryOffset,
      @Nullable Map<String, String> labels,
      @Nullable List<Entry> rules) {}

  private record Entry(
      @Nullable String record,
      @Nullable String alert,
      @Nullable String expr,
      @JsonProperty("for") @Nullable String holdFor,
      @JsonProperty("keep_firing_for") @Nullable String keepFiringFor,
      @Nullable Map<String, String> labels,
      @Nullable Map<String, String> annotations) {}

  /** Checks an expression. */
  @FunctionalInterface
  public interface ExpressionCheck {
    /**
     * @throws IllegalArgumentException saying what is wrong with the expression
     */
    void check(String expression);
  }

  /**
   * Reads one file.
   *
   * @param file its name, for messages
   * @param interval of groups that name none
   * @throws RuleFileException for the first thing that is wrong
   */
  public static List<RuleGroup> read(
      String file, String yaml, Duration interval, ExpressionCheck check) {
    File content;
    try {
      content = MAPPER.readValue(yaml, File.class);
    } catch (JsonProcessingException e) {
      throw new RuleFileException(
          file + ", line " + e.getLocation().getLineNr() + ": " + explain(e), e);
    }
    List<RuleGroup> groups = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Group group :
        content == null || content.groups == null ? List.<Group>of() : content.groups) {
      RuleGroup read = group(file, group, interval, check);
      if (!names.add(read.name())) {
        throw new RuleFileException(file + ": the group '" + read.name() + "' stands twice");
      }
      groups.add(read);
    }
    return groups;
  }

  private static RuleGroup group(
      String file, Group group, Duration interval, ExpressionCheck check) {
    if (group.name == null || group.name.isEmpty()) {
      throw new RuleFileException(file + ": a group has no name");
    }
    String where = file + ", group '" + group.name + "'";
    if (group.queryOffset != null && !duration(where, "query_offset", group.queryOffset).isZero()) {
      throw new RuleFileException(where + ": query_offset is not supported by Sextant");
    }
    List<Rule> rules = new ArrayList<>();
    int index = 0;
    for (Entry entry : group.rules == null ? List.<Entry>of() : group.rules) {
      rules.add(rule(where + ", rule " + ++index, entry, orEmpty(group.labels), check));
    }
    Duration every =
        group.interval == null ? interval : duration(where, "interval", group.interval);
    return new RuleGroup(group.name, file, every, group.limit, rules);
  }

  private static Rule rule(
      String where, Entry entry, Map<String, String> groupLabels, ExpressionCheck check) {
    String record = entry.record == null ? "" : entry.record;
    String alert = entry.alert == null ? "" : entry.alert;
    if (record.isEmpty() == alert.isEmpty()) {
      throw new RuleFileException(where + ": exactly one of 'record' and 'alert' must be set");
    }
    String name = where + " '" + record + alert + "'";
    String expression = entry.expr == null ? "" : entry.expr.strip();
    if (expression.isEmpty()) {
      throw new RuleFileException(name + ": 'expr' is missing");
    }
    try {
      check.check(expression);
    } catch (IllegalArgumentException e) {
      throw new RuleFileException(name + ": could not parse expression: " + e.getMessage(), e);
    }
    Map<String, String> labels = new java.util.TreeMap<>(groupLabels);
    labels.putAll(orEmpty(entry.labels));
    labels.keySet().forEach(label -> checkLabel(name, label));
    if (record.isEmpty()) {
      return new Rule.Alerting(
          alert,
          expression,
          duration(name, "for", entry.holdFor == null ? "0" : entry.holdFor),
          duration(
              name, "keep_firing_for", entry.keepFiringFor == null ? "0" : entry.keepFiringFor),
          labels,
          orEmpty(entry.annotations));
    }
    if (entry.holdFor != null
        || entry.keepFiringFor != null
        || !orEmpty(entry.annotations).isEmpty()) {
      throw new RuleFileException(
          name + ": 'for', 'keep_firing_for' and 'annotations' belong to alerts only");
    }
    if (!METRIC_NAME.matcher(record).matches()) {
      throw new RuleFileException(name + ": invalid recording rule name '" + record + "'");
    }
    return new Rule.Recording(record, expression, labels);
  }

  private static void checkLabel(String where, String label) {
    if (!LABEL_NAME.matcher(label).matches() || label.equals("__name__")) {
      throw new RuleFileException(where + ": invalid label name '" + label + "'");
    }
  }

  private static <K, V> Map<K, V> orEmpty(@Nullable Map<K, V> map) {
    return map == null ? Map.of() : map;
  }

  private static Duration duration(String where, String key, String text) {
    if (!WHOLE_DURATION.matcher(text).matches()) {
      throw new RuleFileException(
          where + ": '" + key + "' is '" + text + "', which is no duration such as 30s or 5m");
    }
    Duration sum = Duration.ZERO;
    Matcher part = DURATION.matcher(text);
    while (part.find()) {
      long amount = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                case "d" -> Duration.ofDays(amount);
                case "w" -> Duration.ofDays(7 * amount);
                default -> Duration.ofDays(365 * amount);
              });
    }
    return sum;
  }

  private static String explain(JsonProcessingException error) {
    if (error instanceof UnrecognizedPropertyException unknown) {
      return "unknown key '" + unknown.getPropertyName() + "'";
    }
    if (error instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String path =
          mapping.getPath().stream()
              .map(
                  step ->
                      step.getFieldName() == null
                          ? "[" + step.getIndex() + "]"
                          : step.getFieldName())
              .collect(Collectors.joining("."));
      return path + ": " + error.getOriginalMessage();
    }
    return error.getOriginalMessage();
  }
}
