package dev.sextant.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRulesTest {
  @TempDir Path dir;

  @BeforeEach
  void rules() throws IOException {
    Files.writeString(
        dir.resolve("a.rules.yaml"),
        """
        groups:
          - name: first
            rules:
              - record: doubled
                expr: 2 * base
          - name: second
            rules:
              - record: quadrupled
                expr: 2 * doubled
              - alert: High
                expr: doubled > 10
                for: 2m
                keep_firing_for: 2m
                labels: {severity: "{{ $externalLabels.zone }}"}
                annotations: {text: "{{ $value }} at {{ $externalURL }}"}
        """);
  }

  private CommandRun run(String tests, String... options) throws IOException {
    Path file = Files.writeString(dir.resolve("tests.yaml"), tests);
    Object[] args = new Object[options.length + 3];
    args[0] = "test";
    args[1] = "rules";
    System.arraycopy(options, 0, args, 2, options.length);
    args[args.length - 1] = file;
    return CommandRun.of(args);
  }

  private static final String HEAD = "rule_files: ['*.rules.yaml']\ntests:\n";

  @Test
  void rules_areEvaluatedInTheirGroupsOrderAsTimeGoesOn() throws IOException {
    CommandRun run =
        run(
            HEAD
                + """
                  - interval: 30s
                    input_series: [{series: base, values: '1+1x20'}]
                    promql_expr_test:
                      - {expr: doubled, eval_time: 1m, exp_samples: [{labels: doubled, value: 6}]}
                      - {expr: quadrupled, eval_time: 1m, exp_samples: [{labels: quadrupled, value: 12}]}
                      - {expr: 'sum_over_time(doubled[2m:])', eval_time: 5m, exp_samples: [{value: 40}]}
                """);

    assertThat(run.out()).contains("SUCCESS");
    assertThat(run.code()).isZero();
  }

  @Test
  void groupOrder_decidesWhatIsSeen() throws IOException {
    CommandRun run =
        run(
            "group_eval_order: [second, first]\n"
                + HEAD
                + """
                  - input_series: [{series: base, values: '1 2'}]
                    promql_expr_test:
                      - {expr: quadrupled, eval_time: 1m, exp_samples: [{labels: quadrupled, value: 4}]}
                """);

    assertThat(run.out()).contains("SUCCESS");
  }

  @Test
  void histograms_areRecorded() throws IOException {
    CommandRun run =
        run(
            HEAD
                + """
                  - input_series: [{series: base, values: '{{schema:0 count:2 sum:3 buckets:[1 1]}}x3'}]
                    promql_expr_test:
                      - expr: doubled
                        eval_time: 1m
                        exp_samples:
                          - {labels: doubled, histogram: '{{schema:0 count:4 sum:6 buckets:[2 2] counter_reset_hint:not_reset}}'}
                      - {expr: histogram_count(quadrupled), eval_time: 1m, exp_samples: [{value: 8}]}
                """);

    assertThat(run.out()).contains("SUCCESS");
    assertThat(run.code()).isZero();
  }

  @Test
  void alerts_waitFireAndStay() throws IOException {
    CommandRun run =
        run(
            HEAD
                + """
                  - input_series: [{series: 'base{a="b"}', values: '1 6 6 6 1 1 1 1'}]
                    external_labels: {zone: east}
                    external_url: http://x.example
                    alert_rule_test:
                      - {eval_time: 2m59s, alertname: High, exp_alerts: []}
                      - eval_time: 3m30s
                        alertname: High
                        exp_alerts: &firing
                          - exp_labels: {a: b, severity: east}
                            exp_annotations: {text: 12 at http://x.example}
                      - {eval_time: 4m, alertname: High, exp_alerts: *firing}
                      - {eval_time: 5m, alertname: High, exp_alerts: []}
                    promql_expr_test:
                      - expr: ALERTS
                        eval_time: 2m
                        exp_samples:
                          - {labels: 'ALERTS{alertname="High",alertstate="pending",a="b",severity="east"}', value: 1}
                """);

    assertThat(run.out()).contains("SUCCESS");
  }

  @Test
  void failures_showExpectedAndGot() throws IOException {
    String tests =
        HEAD
            + """
              - name: one
                input_series: [{series: base, values: 1}]
                promql_expr_test:
                  - {expr: base, exp_samples: [{labels: base, value: 1}, {labels: 'base{a="b"}', value: 2}]}
              - name: two
                alert_rule_test: [{alertname: High, exp_alerts: [{exp_labels: {a: b}}]}]
            """;

    CommandRun run = run(tests);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            """
                name: one,
                expr: "base", time: 0s,
                    exp: {__name__="base"} 1, {__name__="base", a="b"} 2
                    got: {__name__="base"} 1
            """)
        .contains("Labels:{a=\"b\", alertname=\"High\"}");
    assertThat(run(tests, "--diff", "--run=^one$").out())
        .contains("        {__name__=\"base\"} 1\n      - {__name__=\"base\", a=\"b\"} 2\n")
        .doesNotContain("name: two");
    assertThat(run(tests, "--run=none").code()).isZero();
  }

  @Test
  void files_thatDoNotRead_sayWhere() throws IOException {
    assertThat(run("tests:\n  - input_serie: []\n").out())
        .contains("tests.yaml:2:5: unknown key 'input_serie'");
    assertThat(run("tests: [{alert_rule_test: [{eval_time: 1m}]}]").out())
        .contains("misses required attribute alertname");
    assertThat(run("tests: [{start_timestamp: noon}]").out())
        .contains("'start_timestamp' is 'noon'");
    assertThat(run("rule_files: [none.yaml]\ntests: [{}]").out())
        .contains("WARNING: no file match pattern " + dir.resolve("none.yaml"))
        .contains("SUCCESS");
    assertThat(CommandRun.of("test", "rules", dir.resolve("none.yaml")).code()).isEqualTo(1);
    assertThat(run("tests: []", "--run=(").code()).isEqualTo(2);
  }
}
