package dev.sextant.alerting.unittest;

import dev.sextant.alerting.yaml.Problem;
import dev.sextant.alerting.yaml.YamlMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A file of unit tests as promtool reads it; see Prometheus' documentation of unit testing rules.
 *
 * @param ruleFiles paths and patterns as written
 * @param groupOrder groups' places in the order of evaluation
 * @param fuzzy whether values may differ in their last bit
 */
record UnitTestFile(
    List<String> ruleFiles,
    Duration evaluationInterval,
    Map<String, Integer> groupOrder,
    boolean fuzzy,
    List<TestGroup> tests) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** One series of a group's input, as written. */
  record InputSeries(String series, String values) {}

  /** An alert that is expected to fire. */
  record ExpectedAlert(Map<String, String> labels, Map<String, String> annotations) {}

  record AlertTest(Duration evalTime, String alertName, List<ExpectedAlert> expected) {}

  /**
   * An expected element of a result, as written.
   *
   * @param histogram empty where a number is expected
   */
  record ExpectedSample(String labels, String value, String histogram) {}

  record ExpressionTest(String expression, Duration evalTime, List<ExpectedSample> expected) {}

  /**
   * Tests over the same input.
   *
   * @param name may be empty
   * @param interval between two values of an input series
   * @param startMillis the time that counts as 0, since the epoch
   */
  record TestGroup(
      String name,
      Duration interval,
      List<InputSeries> input,
      List<AlertTest> alerts,
      List<ExpressionTest> expressions,
      Map<String, String> externalLabels,
      String externalUrl,
      long startMillis) {
    /** The latest time that any test asks for. */
    Duration end() {
      Duration end = Duration.ZERO;
      for (AlertTest test : alerts) {
        end = test.evalTime().compareTo(end) > 0 ? test.evalTime() : end;
      }
      for (ExpressionTest test : expressions) {
        end = test.evalTime().compareTo(end) > 0 ? test.evalTime() : end;
      }
      return end;
    }
  }

  /** Reads a file; what is wrong is told, and the rest is read. */
  static UnitTestFile read(String yaml, Consumer<Problem> problems) {
    YamlMap file = YamlMap.parse(yaml, problems);
    file.only(
        List.of("rule_files", "evaluation_interval", "group_eval_order", "fuzzy_compare", "tests"));
    Duration interval = positive(file, "evaluation_interval", MINUTE);
    Map<String, Integer> order = new HashMap<>();
    for (String group : file.texts("group_eval_order")) {
      if (order.put(group, order.size()) != null) {
        file.problem("group_eval_order", "group name repeated in evaluation order: " + group);
      }
    }
    List<TestGroup> tests = new ArrayList<>();
    file.maps("tests").forEach(each -> tests.add(group(each, interval)));
    return new UnitTestFile(
        file.texts("rule_files"), interval, order, file.flag("fuzzy_compare"), tests);
  }

  private static Duration positive(YamlMap map, String key, Duration absent) {
    Duration duration = map.duration(key, absent);
    return duration.isZero() ? absent : duration;
  }

  private static TestGroup group(YamlMap group, Duration interval) {
    group.only(
        List.of(
            "name",
            "interval",
            "input_series",
            "alert_rule_test",
            "promql_expr_test",
            "external_labels",
            "external_url",
            "start_timestamp"));
    return new TestGroup(
        group.text("name").orElse(""),
        positive(group, "interval", interval),
        group.maps("input_series").stream().map(UnitTestFile::input).toList(),
        group.maps("alert_rule_test").stream().map(UnitTestFile::alertTest).toList(),
        group.maps("promql_expr_test").stream().map(UnitTestFile::expressionTest).toList(),
        group.map("external_labels"),
        group.text("external_url").orElse(""),
        start(group));
  }

  private static InputSeries input(YamlMap input) {
    input.only(List.of("series", "values"));
    return new InputSeries(input.text("series").orElse(""), input.text("values").orElse(""));
  }

  private static AlertTest alertTest(YamlMap test) {
    test.only(List.of("eval_time", "alertname", "exp_alerts"));
    String name = test.text("alertname").orElse("");
    if (name.isEmpty()) {
      test.problem("an item under alert_rule_test misses required attribute alertname");
    }
    List<ExpectedAlert> expected = new ArrayList<>();
    for (YamlMap alert : test.maps("exp_alerts")) {
      alert.only(List.of("exp_labels", "exp_annotations"));
      expected.add(new ExpectedAlert(alert.map("exp_labels"), alert.map("exp_annotations")));
    }
    return new AlertTest(test.duration("eval_time", Duration.ZERO), name, expected);
  }

  private static ExpressionTest expressionTest(YamlMap test) {
    test.only(List.of("expr", "eval_time", "exp_samples"));
    List<ExpectedSample> expected = new ArrayList<>();
    for (YamlMap sample : test.maps("exp_samples")) {
      sample.only(List.of("labels", "value", "histogram"));
      expected.add(
          new ExpectedSample(
              sample.text("labels").orElse(""),
              sample.text("value").orElse("0"),
              sample.text("histogram").orElse("")));
    }
    return new ExpressionTest(
        test.text("expr").orElse(""), test.duration("eval_time", Duration.ZERO), expected);
  }

  /** RFC 3339, or seconds since the epoch. */
  private static long start(YamlMap group) {
    String text = group.text("start_timestamp").orElse("0");
    try {
      return text.matches("-?\\d{1,12}(\\.\\d{1,9})?")
          ? Math.round(Double.parseDouble(text) * 1000)
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      group.problem(
          "start_timestamp",
          "'start_timestamp' is '"
              + text
              + "'; it must be seconds since the epoch or RFC 3339 such as 2024-01-01T00:00:00Z");
      return 0;
    }
  }
}
