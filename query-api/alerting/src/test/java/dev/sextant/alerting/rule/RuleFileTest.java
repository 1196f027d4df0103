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
        "groups: [{name: a, rules: [{record: 'a b', expr: up}]}] ; invalid recording rule name",
        "groups: [{name: a, rules: [{record: x, expr: up, for: 1m}]}] ; belong to alerts only",
        "groups: [{name: a, rules: [{alert: y, expr: up, labels: {'0x': v}}]}] ; invalid label name",
        "groups: [{name: a, rules: [{alert: y, exprs: up}]}] ; unknown key 'exprs'",
        "group: [] ; unknown key 'group'",
      })
  void read_wrong_saysWhereAndWhat(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml.strip()))
        .isInstanceOf(RuleFileException.class)
        .hasMessageStartingWith("r.yaml")
        .hasMessageContaining(message.strip());
  }
}
