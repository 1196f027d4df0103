package dev.sextant.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of a server under load, restored elsewhere. */
class SnapshotIT {
  private static final int SNAPSHOTS = Boolean.getBoolean("sextant.long") ? 20 : 3;

  @TempDir private Path dir;
  private Path data;

  @BeforeEach
  void setUp() {
    data = dir.resolve("data");
  }

  private record Taken(Path path, Load.Moment before) {}

  @Test
  void snapshot_underLoad_holdsAllThatWasAcknowledgedBefore() throws Exception {
    Load load = new Load(15);
    List<Taken> taken = new ArrayList<>();
    try (ServerProcess server =
        ServerProcess.start(
            data,
            "derive.interval=1s",
            "ingest.commit-interval=1s",
            "journal.segment-bytes=1MiB",
            "storage.max-snapshots=" + SNAPSHOTS)) {
      server.awaitReady();
      load.start(server.otlp());
      for (int i = 0; i < SNAPSHOTS; i++) {
        assertThat(server.runs(Duration.ofMillis(1500))).isTrue();
        Load.Moment before = load.moment();
        long begun = System.nanoTime();
        Http.Answer answer = take(server);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode snapshot = Http.read(answer.body());
        System.out.printf(
            "snapshot %d: %,d bytes in %d ms%n",
            i, snapshot.path("bytes").asLong(), (System.nanoTime() - begun) / 1_000_000);
        taken.add(new Taken(Path.of(snapshot.path("path").asText()), before));
      }
      Http.Answer oneMore = take(server);
      assertThat(oneMore.status()).isEqualTo(409);
      assertThat(new String(oneMore.body())).contains("storage.max-snapshots (" + SNAPSHOTS + ")");
      load.stop();
    }
    assertThat(load.failures()).isEmpty();
    assertThat(taken.getLast().before().spans()).hasSizeGreaterThan(10);
    for (Taken each : taken) {
      Path elsewhere = dir.resolve("restored").resolve(each.path().getFileName());
      copy(each.path(), elsewhere);
      assertThat(findings(elsewhere, load.asOf(each.before()))).as("%s", each.path()).isEmpty();
    }
    assertThat(findings(data, load)).isEmpty();
  }

  private static Http.Answer take(ServerProcess server) throws IOException, InterruptedException {
    return new Http().post(server.api().resolve("/sextant/v1/admin/snapshots"), new byte[0]);
  }

  private static List<String> findings(Path restored, Load load)
      throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(restored, "derive.interval=1s")) {
      server.awaitReady();
      URI api = server.api();
      return new Audit(api).findings(load);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(path)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(path, to.resolve(from.relativize(path)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
