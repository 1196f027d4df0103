package dev.sextant.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.server.config.ConfigException;
import dev.sextant.server.config.ConfigReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartRefusedTest {
  @TempDir Path dir;

  private SextantServer start(String... settings) {
    return SextantServer.start(
        ConfigReader.read(null, RouteAccessTest.ports(settings)), dir, line -> {});
  }

  @Test
  void start_widerThanLoopbackWithoutTokens_isRefusedInOneSentence() {
    assertThatThrownBy(() -> start("listen.address=0.0.0.0"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "listen.address 0.0.0.0 lets other machines in, but no tokens are configured: set"
                + " auth.tokens-file ('sextant token' makes one), or"
                + " listen.anyone-may-read-and-write=true if everyone who can connect may read and"
                + " write everything");
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void start_unknownAddress_isNamed() {
    assertThatThrownBy(() -> start("listen.address=no.such.host.invalid"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("listen.address 'no.such.host.invalid' is no address of this machine");
  }

  @Test
  void start_widerThanLoopbackWithTheRiskNamed_serves() {
    try (SextantServer server =
        start("listen.address=0.0.0.0", "listen.anyone-may-read-and-write=true")) {
      assertThat(server.ports()).containsKeys("http", "otlp_grpc", "otlp_http", "ui");
    }
  }

  @Test
  void start_valueThatAModuleRefuses_isNamed() {
    assertThatThrownBy(() -> start("metrics.limits.max-series=0"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("metrics.limits.max-series is 0, it must be positive");
    assertThatThrownBy(() -> start("journal.max-record-bytes=4GiB"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("journal.max-record-bytes is 4294967296 bytes; it must be below 2GiB");
  }

  @Test
  void start_datagramsBesideTokens_needTheRiskNamed() throws IOException {
    Path tokens = Files.writeString(dir.resolve("tokens.yaml"), "tokens: []\n");
    String file = "auth.tokens-file=" + tokens;
    assertThatThrownBy(() -> start(file, "listen.ports.jaeger-udp-compact=0"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("set ingest.jaeger.udp-from-anyone=true if everyone who can reach");
    try (SextantServer server =
        start(file, "listen.ports.jaeger-udp-binary=0", "ingest.jaeger.udp-from-anyone=true")) {
      assertThat(server.ports())
          .containsKey("jaeger_udp_binary")
          .doesNotContainKey("jaeger_udp_compact");
    }
  }

  @Test
  void start_datagramPortTaken_isNamed() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> start("listen.ports.jaeger-udp-compact=" + port))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("UDP port " + port + " is taken by another process");
    }
  }

  @Test
  void start_twoSettingsOfOnePort_areBothNamed() {
    assertThatThrownBy(() -> start("listen.ports.zipkin=9411", "listen.ports.jaeger-query=9411"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "listen.ports.zipkin and listen.ports.jaeger-query are both TCP port 9411; give each a"
                + " port of its own, or 0 for any free one");
    assertThatThrownBy(
            () -> start("listen.ports.jaeger-udp-compact=1", "listen.ports.jaeger-udp-binary=1"))
        .hasMessageContaining("listen.ports.jaeger-udp-compact and")
        .hasMessageContaining("are both UDP port 1;");
    assertThatThrownBy(() -> start("listen.ports.tempo=8080", "listen.ports.ui=8080"))
        .hasMessageContaining("listen.ports.ui and listen.ports.tempo are both TCP port 8080");
  }

  @Test
  void start_samplingOfOperationsByRate_isRefused() {
    assertThatThrownBy(
            () ->
                start(
                    "ingest.jaeger.sampling.services=[{name: a, traces-per-second: 5, operations:"
                        + " [{name: b, probability: 1}]}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("the service 'a' has 'operations', which need a 'probability'");
  }

  @Test
  void start_samplingBeyondAll_isRefused() {
    assertThatThrownBy(() -> start("ingest.jaeger.sampling.probability=1.5"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("the probability is 1.5, it must be from 0 to 1");
  }

  @Test
  void start_missingTokensFile_isNamed() {
    assertThatThrownBy(
            () -> start("listen.address=0.0.0.0", "auth.tokens-file=" + dir.resolve("none.yaml")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cannot read the tokens file " + dir.resolve("none.yaml"));
  }

  @Test
  void start_oneOfTwoOtlpPortsTaken_namesThatOneOnly() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> start("listen.ports.otlp-http=" + port))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "port "
                  + port
                  + " (otlp_http) is taken by another process; choose another one, such as"
                  + " --set listen.ports.otlp-http=0 for any free port");
    }
  }
}
