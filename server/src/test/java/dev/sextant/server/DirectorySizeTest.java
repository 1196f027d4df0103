package dev.sextant.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySizeTest {
  private final MovableClock clock = new MovableClock(Instant.EPOCH);
  @TempDir private Path directory;

  @Test
  void addsUpWhatEveryFileHolds() throws IOException {
    Files.write(directory.resolve("a"), new byte[1_000]);
    Files.write(Files.createDirectories(directory.resolve("b/c")).resolve("d"), new byte[24]);

    assertThat(new DirectorySize(directory, clock).bytes()).isEqualTo(1_024);
  }

  @Test
  void countsAgainAfterTenSeconds() throws IOException {
    DirectorySize size = new DirectorySize(directory, clock);
    assertThat(size.bytes()).isZero();
    Files.write(directory.resolve("a"), new byte[7]);

    clock.advance(Duration.ofMillis(9_999));
    assertThat(size.bytes()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(size.bytes()).isEqualTo(7);
  }

  @Test
  void saysNothingOfWhatIsGone() {
    assertThat(new DirectorySize(directory.resolve("gone"), clock).bytes()).isZero();
  }
}
