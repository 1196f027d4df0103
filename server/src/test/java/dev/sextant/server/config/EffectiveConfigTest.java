package dev.sextant.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveConfigTest {
  @TempDir Path dir;

  @Test
  void yaml_isReadAsTheSameConfiguration() throws IOException {
    ServerConfig config =
        ConfigReader.read(
            null,
            List.of(
                "traces.retention=36h5m",
                "storage.block-bytes=1000000B",
                "storage.block-rows=77",
                "logs.store=elasticsearch",
                "listen.allowed-hosts=[\"a: b\", \"*\"]",
                "query.features=[promql-duration-expr]",
                "scrape-config-files=[a.yaml]"));

    Path file = Files.writeString(dir.resolve("again.yaml"), EffectiveConfig.yaml(config));

    assertThat(ConfigReader.read(file, List.of())).isEqualTo(config);
  }

  @Test
  void yaml_writesValuesAsPeopleDo() {
    assertThat(EffectiveConfig.yaml(ConfigReader.read(null, List.of())))
        .contains("\n  timeout: 2m\n", "\n  min-free-bytes: 512MiB\n", "\n    http: 9090\n");
  }

  @Test
  void yaml_secretsAreHidden() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("secret.yaml"),
            """
            alerting:
              webhooks:
                - name: chat
                  url: https://robot.example/send?access_token=canary1
                  body: '{"sign": "canary2"}'
                  headers: {Authorization: Bearer canary3}
            elasticsearch:
              urls: ["https://elastic:canary4@es.example:9200"]
            """);

    String yaml = EffectiveConfig.yaml(ConfigReader.read(file, List.of()));

    assertThat(yaml).doesNotContain("canary");
    assertThat(yaml)
        .contains("url: <secret>")
        .contains("Authorization: <secret>")
        .contains("https://<secret>@es.example:9200");
  }

  @Test
  void features_unknown_isNamedWithThoseThereAre() {
    assertThatThrownBy(() -> ConfigReader.read(null, List.of("query.features=[promql-magic]")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'query'")
        .hasMessageContaining(
            "'promql-magic' is no feature of PromQL; there are promql-experimental");
  }
}
