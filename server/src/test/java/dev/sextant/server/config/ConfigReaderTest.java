package dev.sextant.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
  @TempDir Path dir;

  @Test
  void read_withoutFile_hasEveryDefault() {
    ServerConfig config = ConfigReader.read(null, List.of());

    assertThat(config.listen().address()).isEqualTo("127.0.0.1");
    assertThat(config.listen().ports().http()).isEqualTo(9090);
    assertThat(config.traces().store()).isEqualTo(ServerConfig.Engine.EMBEDDED);
    assertThat(config.traces().retention()).isEqualTo(Span.parse("7d"));
    assertThat(config.journal().segmentBytes().bytes()).isEqualTo(64L << 20);
    assertThat(config.ruleFiles()).containsExactly("default");
  }

  @Test
  void read_fileAndSettings_layOverDefaults() throws IOException {
    Path file =
        write(
            "listen:\n  ports: {ui: 1, http: 2}\nlogs:\n  retention: 36h\n  store: elasticsearch\n");

    ServerConfig config =
        ConfigReader.read(file, List.of("listen.ports.ui=0", "traces.retention=1d"));

    assertThat(config.listen().ports().ui()).isZero();
    assertThat(config.listen().ports().http()).isEqualTo(2);
    assertThat(config.logs().retention().duration()).hasHours(36);
    assertThat(config.logs().store()).isEqualTo(ServerConfig.Engine.ELASTICSEARCH);
    assertThat(config.traces().retention().duration()).hasDays(1);
  }

  @Test
  void read_unknownKey_namesFileLineKeyAndWhatIsKnown() throws IOException {
    Path file = write("listen:\n  address: 127.0.0.1\n  prots: {}\n");

    assertThatThrownBy(() -> ConfigReader.read(file, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("sextant.yaml, line 3")
        .hasMessageContaining("unknown key 'listen.prots'")
        .hasMessageContaining("ports");
  }

  @Test
  void read_unknownSetting_isNamed() {
    assertThatThrownBy(() -> ConfigReader.read(null, List.of("listen.port=1")))
        .hasMessageContaining("--set")
        .hasMessageContaining("listen.port");
  }

  @Test
  void read_wrongValue_saysHowToWriteIt() throws IOException {
    Path file = write("traces:\n  retention: a week\n");

    assertThatThrownBy(() -> ConfigReader.read(file, List.of()))
        .hasMessageContaining("line 2")
        .hasMessageContaining("traces.retention")
        .hasMessageContaining("write it like 30s, 1h30m or 7d");
  }

  @Test
  void read_emptyFile_hasDefaults() throws IOException {
    assertThat(ConfigReader.read(write("# nothing\n"), List.of()))
        .isEqualTo(ConfigReader.read(null, List.of()));
  }

  @Test
  void webhook_headersAndUrl_stayOutOfText() {
    var hook =
        new ServerConfig.Webhook(
            "chat", "http://x/secret", "", java.util.Map.of("Authorization", "canary"), true);

    assertThat(hook.toString()).doesNotContain("canary").doesNotContain("secret");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(dir.resolve("sextant.yaml"), text);
  }
}
