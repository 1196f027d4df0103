package dev.sextant.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Acknowledged means kept: a real server is killed again and again while clients send, and comes
 * back on the same data.
 *
 * <p>Afterwards every acknowledged span, sample and line must be there once. A batch that was sent
 * and not answered may be there or not, whole or not at all; RED must count exactly the distinct
 * spans that are there. Spans and samples have an identity, so a repeated batch adds nothing. Lines
 * have none: each acknowledged repetition stands there once more.
 */
class CrashIT {
  private static final boolean LONG = Boolean.getBoolean("sextant.long");
  private static final int KILLS = LONG ? 200 : 20;

  /** One kill in so many comes while the server starts and reads its journals. */
  private static final int DURING_START = 4;

  @TempDir private Path dir;

  @Test
  void killedServer_keepsWhatItAcknowledgedOnce() throws Exception {
    long seed = Long.getLong("sextant.seed", System.nanoTime());
    System.out.println("crash test: " + KILLS + " kills, -Dsextant.seed=" + seed);
    Random random = new Random(seed);
    Load load = new Load(random.nextLong());
    Path data = dir.resolve("data");

    for (int kill = 0; kill < KILLS; kill++) {
      try (ServerProcess server = ServerProcess.start(data, "derive.interval=1s")) {
        boolean starting = kill % DURING_START == DURING_START - 1;
        if (starting) {
          runFor(server, random.nextInt(100, 4000));
        } else {
          server.awaitReady();
          load.start(server.otlp());
          runFor(server, random.nextInt(200, 1500));
        }
        server.kill();
      }
      load.join();
      assertThat(load.failures()).isEmpty();
    }
    // A last life under load, ended in good order, so that the last tick has counted everything.
    try (ServerProcess server = ServerProcess.start(data, "derive.interval=1s")) {
      server.awaitReady();
      load.start(server.otlp());
      runFor(server, 1000);
      load.stop();
      server.terminate();
      server.exitCode(Duration.ofSeconds(60));
    }

    try (ServerProcess server = ServerProcess.start(data)) {
      server.awaitReady();
      Audit audit = new Audit(server.api());
      assertThat(audit.findings(load)).as("seed %d", seed).isEmpty();
      assertThat(audit.storedSpans()).isPositive();
      System.out.printf(
          "crash test: acknowledged %d spans (%d stored), %d samples, %d lines; %d, %d and %d"
              + " batches were sent again%n",
          load.spans.acknowledgedBatches() * Spans.ROWS,
          audit.storedSpans(),
          load.samples.acknowledgedBatches() * new Samples().rows(),
          load.lines.acknowledgedBatches() * Lines.ROWS,
          load.spans.repeatedBatches(),
          load.samples.repeatedBatches(),
          load.lines.repeatedBatches());
    }
    assertThat(load.failures()).isEmpty();
  }

  private static void runFor(ServerProcess server, int millis) throws Exception {
    assertThat(server.runs(Duration.ofMillis(millis))).as(server.errors()).isTrue();
  }
}
