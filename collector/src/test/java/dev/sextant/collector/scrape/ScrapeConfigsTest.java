package dev.sextant.collector.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.collector.fixture.Corpora;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrapeConfigsTest {
  @Test
  void everySupportedKey_isRead() throws Exception {
    ScrapeConfig config =
        parse(
                """
                global:
                  scrape_interval: 30s
                  scrape_timeout: 5s
                scrape_configs:
                  - job_name: shop
                    scrape_interval: 1m30s
                    metrics_path: /m
                    scheme: https
                    params: {module: [a, b]}
                    honor_labels: true
                    honor_timestamps: false
                    basic_auth: {username: u, password: p}
                    sample_limit: 10
                    label_limit: 20
                    body_size_limit: 2MB
                    scrape_protocols: [PrometheusText0.0.4]
                    static_configs:
                      - targets: ["a:1", "b:2"]
                        labels: {env: prod}
                    file_sd_configs:
                      - files: [targets/*.json]
                        refresh_interval: 1m
                    relabel_configs:
                      - source_labels: [__address__]
                        regex: (.*):.*
                        target_label: host
                      - {action: drop, regex: x, source_labels: [host]}
                    metric_relabel_configs:
                      - {action: labeldrop, regex: pod}
                """)
            .getFirst();
    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(90));
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.params()).containsEntry("module", List.of("a", "b"));
    assertThat(config.honorLabels()).isTrue();
    assertThat(config.honorTimestamps()).isFalse();
    assertThat(config.credentials().toString()).isEqualTo("Basic");
    assertThat(config.limits()).isEqualTo(new ScrapeConfig.Limits(10, 20, 0, 0, 2 << 20));
    assertThat(config.accept()).isEqualTo("text/plain;version=0.0.4;q=1.0,*/*;q=0.1");
    assertThat(config.staticGroups().getFirst().targets()).containsExactly("a:1", "b:2");
    assertThat(config.files().getFirst().patterns().getFirst())
        .isEqualTo(Path.of("/etc/targets/*.json"));
    assertThat(config.relabel()).hasSize(2);
    assertThat(config.metricRelabel()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "scrape_intervall: 5s|line 3: unknown key 'scrape_intervall'",
        "kubernetes_sd_configs: []|line 3: 'kubernetes_sd_configs' of Prometheus is not supported yet",
        "tls_config: {}|line 3: 'tls_config' of Prometheus is not supported yet",
        "scrape_interval: soon|line 3: 'scrape_interval' is not a duration",
        "scheme: ftp|scheme 'ftp' is not http or https",
        "honor_labels: maybe|line 3: 'honor_labels' is not true or false",
        "sample_limit: many|line 3: 'sample_limit' is not a whole number",
        "body_size_limit: 5 apples|line 3: 'body_size_limit' is not a size",
        "relabel_configs: [{action: juggle}]|line 3: relabel action 'juggle' is not known",
        "relabel_configs: [{regex: '('}]|line 3: regex '(' is none",
        "relabel_configs: [{regex: x}]|relabel action REPLACE needs target_label",
        "relabel_configs: [{action: hashmod, target_label: a}]|needs a modulus",
        "static_configs: [{targets: ['http://a/b']}]|is not host:port",
        "static_configs: [{target: [a]}]|unknown key 'target'",
        "static_configs: 5|line 3: 'static_configs' is not a list",
        "scrape_timeout: 2m|is longer than its scrape_interval",
        "job_name: b|line 3: key 'job_name' stands twice",
        "file_sd_configs: [{files: [a.txt]}]|is not .json, .yml or .yaml",
      })
  void mistakes_areNamedWithTheirLine(String line, String message) {
    String yaml = "scrape_configs:\n  - job_name: a\n    " + line + "\n";
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(ScrapeConfigException.class)
        .hasMessageStartingWith("prometheus.yml, line ")
        .hasMessageContaining(message);
  }

  @Test
  void twoJobsOfOneName_areRefused() {
    assertThatThrownBy(() -> parse("scrape_configs: [{job_name: a}, {job_name: a}]"))
        .hasMessageContaining("job_name 'a' stands twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jobname.bad.yml",
        "jobname_dup.bad.yml",
        "regex.bad.yml",
        "labelmap.bad.yml",
        "modulus_missing.bad.yml",
        "scrape_interval.bad.yml",
        "unknown_attr.bad.yml",
        "unknown_global_attr.bad.yml",
        "url_in_targetgroup.bad.yml",
        "target_label_missing.bad.yml",
        "bearertoken_basicauth.bad.yml",
        "keepequal.bad.yml"
      })
  void prometheusOwnBadFiles_areRefused(String name) {
    Path file = Corpora.require("prometheus/config/testdata").resolve(name);
    assertThatThrownBy(() -> ScrapeConfigs.read(file)).isInstanceOf(ScrapeConfigException.class);
  }

  private static List<ScrapeConfig> parse(String yaml) throws ScrapeConfigException {
    return ScrapeConfigs.parse("prometheus.yml", yaml, Path.of("/etc"));
  }
}
