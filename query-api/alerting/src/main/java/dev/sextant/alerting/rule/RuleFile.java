package dev.sextant.alerting.rule;

import dev.sextant.alerting.TemplateSyntax;
import dev.sextant.alerting.yaml.Problem;
import dev.sextant.alerting.yaml.YamlMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads rule files in Prometheus' format; see its documentation of recording and alerting rules.
 */
public final class RuleFile {
  private static final List<String> GROUP_KEYS =
      List.of("name", "interval", "limit", "query_offset", "labels", "rules");
  private static final List<String> RULE_KEYS =
      List.of("record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations");

  private final Duration interval;
  private final ExpressionCheck check;
  private final boolean strict;

  private RuleFile(Duration interval, ExpressionCheck check, boolean strict) {
    this.interval = interval;
    this.check = check;
    this.strict = strict;
  }

  /** Checks an expression. */
  @FunctionalInterface
  public interface ExpressionCheck {
    /**
     * @throws IllegalArgumentException saying what is wrong with the expression
     */
    void check(String expression);
  }

  /**
   * A file's groups, and what is wrong with it in order of place. Groups are those that could be
   * made out, also where there are problems.
   */
  public record Checked(List<RuleGroup> groups, List<Problem> problems) {}

  /**
   * Reads one file.
   *
   * @param file its name, for messages
   * @param interval of groups that name none
   * @throws RuleFileException for the first thing that is wrong
   */
  public static List<RuleGroup> read(
      String file, String yaml, Duration interval, ExpressionCheck check) {
    Checked checked = check(file, yaml, interval, check, true);
    if (!checked.problems().isEmpty()) {
      Problem first = checked.problems().getFirst();
      throw new RuleFileException(
          file + (first.line() == 0 ? "" : ", line " + first.line()) + ": " + first.message());
    }
    return checked.groups();
  }

  /**
   * Reads one file and finds all that is wrong with it.
   *
   * @param strict whether an unknown key is wrong
   */
  public static Checked check(
      String file, String yaml, Duration interval, ExpressionCheck check, boolean strict) {
    List<Problem> problems = new ArrayList<>();
    YamlMap content = YamlMap.parse(yaml, problems::add);
    RuleFile reading = new RuleFile(interval, check, strict);
    List<RuleGroup> groups = reading.groups(file, content);
    return new Checked(List.copyOf(groups), List.copyOf(problems));
  }

  private void known(YamlMap map, List<String> keys) {
    if (strict) {
      map.only(keys);
    }
  }

  private List<RuleGroup> groups(String file, YamlMap content) {
    known(content, List.of("groups"));
    List<RuleGroup> groups = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlMap each : content.maps("groups")) {
      RuleGroup group = group(file, each);
      if (!group.name().isEmpty() && !names.add(group.name())) {
        each.problem("the group '" + group.name() + "' stands twice");
      }
      groups.add(group);
    }
    return groups;
  }

  private RuleGroup group(String file, YamlMap group) {
    known(group, GROUP_KEYS);
    String name = group.text("name").orElse("");
    if (name.isEmpty()) {
      group.problem("a group has no name");
    }
    if (!group.duration("query_offset", Duration.ZERO).isZero()) {
      group.problem("query_offset", "query_offset is not supported by Sextant");
    }
    String where = "group '" + name + "'";
    Map<String, String> labels = group.map("labels");
    checkLabels(group, where, labels);
    List<Rule> rules = new ArrayList<>();
    int index = 0;
    for (YamlMap entry : group.maps("rules")) {
      Rule rule = rule(where + ", rule " + ++index, entry, labels);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return new RuleGroup(
        name, file, group.duration("interval", interval), group.count("limit"), rules);
  }

  private @Nullable Rule rule(String place, YamlMap entry, Map<String, String> groupLabels) {
    known(entry, RULE_KEYS);
    String record = entry.text("record").orElse("");
    String alert = entry.text("alert").orElse("");
    String where = place + " '" + record + alert + "'";
    if (record.isEmpty() == alert.isEmpty()) {
      entry.problem(where + ": exactly one of 'record' and 'alert' must be set");
      return null;
    }
    String expression = expression(where, entry);
    Map<String, String> own = entry.map("labels");
    checkLabels(entry, where, own);
    Map<String, String> labels = new TreeMap<>(groupLabels);
    labels.putAll(own);
    return record.isEmpty()
        ? alert(where, alert, expression, labels, entry)
        : record(where, record, expression, labels, entry);
  }

  private String expression(String where, YamlMap entry) {
    String expression = entry.text("expr").orElse("").strip();
    if (expression.isEmpty()) {
      entry.problem(where + ": 'expr' is missing");
      return "";
    }
    try {
      check.check(expression);
    } catch (IllegalArgumentException e) {
      entry.problem("expr", where + ": could not parse expression: " + e.getMessage());
    }
    return expression;
  }

  private static Rule alert(
      String where, String name, String expression, Map<String, String> labels, YamlMap entry) {
    Map<String, String> annotations = entry.map("annotations");
    annotations.forEach(
        (annotation, text) -> {
          if (annotation.isEmpty()) {
            entry.problem("annotations", where + ": an annotation has no name");
          }
          template(entry, "annotations", where + ": annotation '" + annotation + "'", text);
        });
    labels.forEach(
        (label, text) -> template(entry, "labels", where + ": label '" + label + "'", text));
    return new Rule.Alerting(
        name,
        expression,
        entry.duration("for", Duration.ZERO),
        entry.duration("keep_firing_for", Duration.ZERO),
        labels,
        annotations);
  }

  private static void template(YamlMap entry, String key, String where, String text) {
    String wrong = TemplateSyntax.problem(text);
    if (wrong != null) {
      entry.problem(key, where + ": " + wrong);
    }
  }

  private static Rule record(
      String where, String name, String expression, Map<String, String> labels, YamlMap entry) {
    for (String key : List.of("for", "keep_firing_for", "annotations")) {
      if (entry.has(key)) {
        entry.problem(
            key, where + ": 'for', 'keep_firing_for' and 'annotations' belong to alerts only");
      }
    }
    if (name.contains("{") || name.contains("}")) {
      entry.problem(
          "record",
          where + ": invalid recording rule name, it has braces; do they belong into 'expr'?");
    }
    return new Rule.Recording(name, expression, labels);
  }

  private static void checkLabels(YamlMap entry, String where, Map<String, String> labels) {
    Consumer<String> wrong =
        label -> entry.problem("labels", where + ": invalid label name '" + label + "'");
    labels.keySet().stream()
        .filter(label -> label.isEmpty() || label.equals("__name__"))
        .forEach(wrong);
  }
}
