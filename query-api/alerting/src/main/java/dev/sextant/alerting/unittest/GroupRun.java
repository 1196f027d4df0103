package dev.sextant.alerting.unittest;

import dev.sextant.alerting.Alert;
import dev.sextant.alerting.GroupEvaluator;
import dev.sextant.alerting.RuleQuery;
import dev.sextant.alerting.RuleStatus;
import dev.sextant.alerting.TemplateData;
import dev.sextant.alerting.rule.RuleGroup;
import dev.sextant.alerting.unittest.UnitTestFile.AlertTest;
import dev.sextant.alerting.unittest.UnitTestFile.ExpressionTest;
import dev.sextant.alerting.unittest.UnitTestFile.InputSeries;
import dev.sextant.alerting.unittest.UnitTestFile.TestGroup;
import dev.sextant.alerting.yaml.PromDuration;
import dev.sextant.metrics.model.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One group of tests: feeds its input, evaluates every rule group at each evaluation interval up to
 * the latest time asked for, holds firing alerts against those expected as time passes, and
 * expressions at the end, over the samples up to the last evaluation.
 */
final class GroupRun {
  private final TestGroup group;
  private final UnitTestFile file;
  private final TestLanguage language;
  private final SimulatedSeries series = new SimulatedSeries();
  private final List<GroupEvaluator> evaluators = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Expectation expectation;

  GroupRun(
      TestGroup group,
      UnitTestFile file,
      List<RuleGroup> rules,
      TestLanguage language,
      boolean diff) {
    this.group = group;
    this.file = file;
    this.language = language;
    this.expectation = new Expectation(language, file.fuzzy(), diff);
    TemplateData data = new TemplateData(Labels.of(group.externalLabels()), group.externalUrl());
    for (RuleGroup each : rules) {
      evaluators.add(new GroupEvaluator(each, query(), series, data));
    }
  }

  private RuleQuery query() {
    return new RuleQuery() {
      @Override
      public List<Sample> query(String expression, long timeMillis) {
        return language.query(series, expression, timeMillis, file.evaluationInterval()).stream()
            .map(
                element ->
                    new Sample(
                        element.labels(), element.value().number(), element.value().histogram()))
            .toList();
      }

      @Override
      public void check(String expression) {
        language.check(expression);
      }
    };
  }

  /** What failed, one text each. */
  List<String> run() {
    try {
      for (InputSeries input : group.input()) {
        series.feed(
            language.series(input.series(), input.values()),
            group.startMillis(),
            group.interval().toMillis());
      }
    } catch (IllegalArgumentException e) {
      return List.of("    input_series: " + e.getMessage());
    }
    long step = file.evaluationInterval().toMillis();
    long end = group.end().toMillis();
    for (long at = 0; at <= end; at += step) {
      if (!evaluate(at)) {
        return failures;
      }
      for (AlertTest test : group.alerts()) {
        long wanted = test.evalTime().toMillis();
        if (at <= wanted && wanted < at + step) {
          check(test);
        }
      }
    }
    group.expressions().forEach(this::check);
    return failures;
  }

  /** False where a rule failed, which ends the group. */
  private boolean evaluate(long at) {
    long now = group.startMillis() + at;
    series.advance(now);
    boolean good = true;
    for (GroupEvaluator evaluator : evaluators) {
      evaluator.evaluate(now);
      for (RuleStatus rule : evaluator.status().rules()) {
        if (rule.health() == RuleStatus.Health.ERR) {
          good = false;
          failures.add(
              "    rule: %s, time: %s, err: %s"
                  .formatted(
                      rule.rule().name(),
                      PromDuration.text(Duration.ofMillis(at)),
                      rule.lastError()));
        }
      }
    }
    return good;
  }

  private void check(AlertTest test) {
    List<Expectation.FiringAlert> got = new ArrayList<>();
    for (GroupEvaluator evaluator : evaluators) {
      for (RuleStatus rule : evaluator.status().rules()) {
        if (rule.rule().name().equals(test.alertName())) {
          rule.alerts().stream()
              .filter(alert -> alert.state() == Alert.State.FIRING)
              .forEach(
                  alert ->
                      got.add(
                          new Expectation.FiringAlert(
                              alert.labels(), Labels.of(alert.annotations()))));
        }
      }
    }
    String difference = expectation.alerts(test, got);
    if (!difference.isEmpty()) {
      failures.add(
          "%s    alertname: %s, time: %s, %s"
              .formatted(name(), test.alertName(), time(test.evalTime()), difference));
    }
  }

  private void check(ExpressionTest test) {
    String wrong;
    try {
      wrong =
          expectation.samples(
              test,
              language.query(
                  series,
                  test.expression(),
                  group.startMillis() + test.evalTime().toMillis(),
                  file.evaluationInterval()));
    } catch (RuntimeException e) {
      wrong = " err: " + e.getMessage();
    }
    if (!wrong.isEmpty()) {
      failures.add(
          "%s    expr: %s, time: %s,%s"
              .formatted(
                  name(), Expectation.quoted(test.expression()), time(test.evalTime()), wrong));
    }
  }

  private String name() {
    return group.name().isEmpty() ? "" : "    name: " + group.name() + ",\n";
  }

  private static String time(Duration duration) {
    return PromDuration.text(duration);
  }

  /** Groups by their place in the order of evaluation; those it does not name come first. */
  static List<RuleGroup> ordered(List<RuleGroup> groups, Map<String, Integer> order) {
    return groups.stream()
        .sorted(java.util.Comparator.comparingInt(each -> order.getOrDefault(each.name(), 0)))
        .toList();
  }
}
