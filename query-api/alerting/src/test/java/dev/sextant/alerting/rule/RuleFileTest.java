package dev.sextant.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileTest {
  private static List<RuleGroup> read(String yaml) {
    return RuleFile.read(
        "r.yaml",
        yaml,
        Duration.ofMinutes(1),
        expression -> {
          if (expression.contains("((")) {
            throw new IllegalArgumentException("1:2: parse error: unclosed left parenthesis");
          }
        });
  }

  @Test
  void read_groups_keepOrderLabelsAndTimes() {
    List<RuleGroup> groups =
        read(
            """
            groups:
              - name: a
                interval: 1m30s
                limit: 10
                labels: {team: x, severity: low}
                rules:
                  - record: job:up:sum
                    expr: sum by (job) (up)
                  - alert: Down
                    expr: |
                      up == 0
                    for: 5m
                    keep_firing_for: 1m
                    labels: {severity: high}
                    annotations: {summary: down}
              - name: b
            """);

    assertThat(groups).extracting(RuleGroup::name).containsExactly("a", "b");
    assertThat(groups.getFirst().interval()).hasSeconds(90);
    assertThat(groups.getLast().interval()).hasSeconds(60);
    Rule.Alerting down = (Rule.Alerting) groups.getFirst().rules().getLast();
    assertThat(down.expression()).isEqualTo("up == 0");
    assertThat(down.holdFor()).hasMinutes(5);
    assertThat(down.labels()).containsEntry("team", "x").containsEntry("severity", "high");
    assertThat(groups.getFirst().rules().getFirst()).isInstanceOf(Rule.Recording.class);
  }

  @Test
  void read_empty_hasNoGroups() {
    assertThat(read("groups: []")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "groups: [{rules: []}] ; a group has no name",
        "groups: [{name: a}, {name: a}] ; stands twice",
        "groups: [{name: a, rules: [{expr: up}]}] ; exactly one of 'record' and 'alert'",
        "groups: [{name: a, rules: [{record: x, alert: y, expr: up}]}] ; exactly one of 'record' and 'alert'",
        "groups: [{name: a, rules: [{alert: y}]}] ; 'expr' is missing",
        "groups: [{name: a, rules: [{alert: y, expr: '((up'}]}] ; could not parse expression: 1:2: parse error",
        "groups: [{name: a, rules: [{alert: y, expr: up, for: soon}]}] ; no duration",
        "groups: [{name: a, rules: [{record: 'a{b=c}', expr: up}]}] ; invalid recording rule name",
        "groups: [{name: a, rules: [{record: x, expr: up, for: 1m}]}] ; belong to alerts only",
        "groups: [{name: a, rules: [{alert: y, expr: up, labels: {__name__: v}}]}] ; invalid label name",
        "groups: [{name: a, labels: {'': v}}] ; invalid label name",
        "groups: [{name: a, name: b}] ; the key 'name' stands twice",
        "groups: [{name: a, limit: few}] ; it must be a whole number from 0",
        "groups: [{name: a, query_offset: 1m}] ; query_offset is not supported",
        "groups: [{name: a, rules: [{alert: y, expr: up, annotations: {s: '{{ $label.x }}'}}]}] ; annotation 's': template: line 1: undefined variable \"$label\"",
        "groups: [{name: a, rules: [{alert: y, expr: up, labels: {s: '{{ $value'}}]}] ; label 's': template: line 1: unclosed action",
        "groups: a ; 'groups' must be a list",
        "groups: [a ; expected",
        "groups: [{name: a, rules: [{alert: y, exprs: up}]}] ; unknown key 'exprs'",
        "group: [] ; unknown key 'group'",
      })
  void read_wrong_saysWhereAndWhat(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml.strip()))
        .isInstanceOf(RuleFileException.class)
        .hasMessageStartingWith("r.yaml")
        .hasMessageContaining(message.strip());
  }

  @Test
  void check_findsEveryProblemAtItsPlace() {
    RuleFile.Checked checked =
        RuleFile.check(
            "r.yaml",
            """
            groups:
              - name: a
                interva: 1m
                rules:
                  - record: x
                    expr: ((up
                  - alert: y
                    expr: up
                    for: soon
                    annotations:
                      s: "{{ nothing 1 }}"
            """,
            Duration.ofMinutes(1),
            expression -> {
              if (expression.startsWith("((")) {
                throw new IllegalArgumentException("1:2: parse error: unclosed");
              }
            },
            true);

    assertThat(checked.problems())
        .extracting(problem -> problem.at("r.yaml"))
        .containsExactly(
            "r.yaml:3:5: unknown key 'interva'; known here: name, interval, limit, query_offset,"
                + " labels, rules",
            "r.yaml:6:15: group 'a', rule 1 'x': could not parse expression: 1:2: parse error:"
                + " unclosed",
            "r.yaml:11:11: group 'a', rule 2 'y': annotation 's': template: line 1: function"
                + " \"nothing\" not defined",
            "r.yaml:9:14: 'for' is 'soon', which is no duration such as 30s or 5m");
    assertThat(checked.groups().getFirst().rules()).hasSize(2);
  }

  @Test
  void check_notStrict_leavesUnknownKeysAlone() {
    assertThat(
            RuleFile.check("r", "groups: [{name: a, owner: x}]", Duration.ZERO, text -> {}, false)
                .problems())
        .isEmpty();
  }

  @Test
  void read_aliasesAndMergeKeys_standForWhatTheyName() {
    List<RuleGroup> groups =
        read(
            """
            groups:
              - name: a
                rules:
                  - &one
                    alert: &name First
                    expr: up
                    labels: {severity: high}
                  - <<: *one
                    alert: Second
                  - alert: *name
                    expr: down
            """);

    assertThat(groups.getFirst().rules())
        .extracting(rule -> rule.name() + " " + rule.expression() + " " + rule.labels())
        .containsExactly("First up {severity=high}", "Second up {severity=high}", "First down {}");
  }
}
