package dev.sextant.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code serve} begins and ends as a process. */
class ServeIT {
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir private Path dir;
  private Path data;

  @BeforeEach
  void setUp() {
    data = dir.resolve("data");
  }

  /** The one sentence of a start that was refused with exit code 2. */
  private static String refusal(ServerProcess server) throws Exception {
    assertThat(server.exitCode(SOON)).as(server.errors()).isEqualTo(2);
    assertThat(server.errors()).doesNotContain("\tat ");
    List<String> said =
        server.errors().lines().filter(line -> line.startsWith("sextant: ")).toList();
    assertThat(said).hasSize(1);
    return said.getFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "otlp-grpc", "ui"})
  void takenPort_isNamedWithAWayOut(String name) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerProcess server =
            ServerProcess.start(data, "listen.ports." + name + "=" + taken.getLocalPort())) {
      assertThat(refusal(server))
          .contains(Integer.toString(taken.getLocalPort()), "taken", "listen.ports." + name);
    }
  }

  @Test
  void unknownKey_isNamedWithThoseKnown() throws Exception {
    try (ServerProcess server = ServerProcess.start(data, "derive.intervall=1s")) {
      assertThat(refusal(server))
          .contains("derive.intervall", "known here: forget-after, interval, ");
    }
    assertThat(data).doesNotExist();
  }

  @Test
  void dataDirectoryInUse_isRefusedAndItsOwnerGoesOn() throws Exception {
    try (ServerProcess owner = ServerProcess.start(data)) {
      owner.awaitReady();
      URI api = owner.api();
      try (ServerProcess second = ServerProcess.start(data)) {
        assertThat(refusal(second)).contains(data.toString(), "in use");
      }
      assertThat(owner.api()).isEqualTo(api);
      assertThat(new Http().status(api.resolve("/-/ready"))).isEqualTo(200);
    }
  }

  @Test
  void portZero_isChosenAndWrittenDown() throws Exception {
    try (ServerProcess server = ServerProcess.start(data)) {
      server.awaitReady();
      JsonNode ports = Http.read(Files.readAllBytes(data.resolve("ports.json")));
      Set<Integer> chosen = new HashSet<>();
      for (String name : List.of("ui", "http", "otlp_grpc", "otlp_http")) {
        chosen.add(ports.path(name).asInt());
      }
      assertThat(chosen).hasSize(4).doesNotContain(0);
      for (int port : chosen) {
        assertThat(new Http().status(URI.create("http://127.0.0.1:" + port + "/-/healthy")))
            .as("port %d of %s", port, ports)
            .isPositive();
      }
    }
  }

  @Test
  void portsOfAKilledServer_areNotLeftBehind() throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("ports.json"), "{\"http\":1}");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerProcess server =
            ServerProcess.start(data, "listen.ports.http=" + taken.getLocalPort())) {
      assertThat(server.exitCode(SOON)).isEqualTo(2);
    }
    assertThat(data.resolve("ports.json")).doesNotExist();
  }

  @Test
  void sigterm_underLoad_losesNothing() throws Exception {
    Load load = new Load(7);
    try (ServerProcess server = ServerProcess.start(data, "derive.interval=1s")) {
      server.awaitReady();
      load.start(server.otlp());
      assertThat(server.runs(Duration.ofMillis(1500))).isTrue();
      server.terminate();
      assertThat(server.exitCode(Duration.ofSeconds(30))).isIn(0, 143);
      load.stop();
    }
    assertThat(load.failures()).isEmpty();
    assertThat(load.spans.acknowledgedBatches()).isPositive();
    assertThat(data.resolve("ports.json")).doesNotExist();
    audit(load);
  }

  private void audit(Load load) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(data)) {
      server.awaitReady();
      assertThat(new Audit(server.api()).findings(load)).isEmpty();
    }
  }
}
