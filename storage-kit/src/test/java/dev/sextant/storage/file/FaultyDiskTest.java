package dev.sextant.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The disk that other tests trust to be untrustworthy. */
class FaultyDiskTest {
  private static final Path DIRECTORY = Path.of("/data");
  private static final Path FILE = DIRECTORY.resolve("file");

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** All that a power loss leaves of the file, over many seeds; "-" where it is gone. */
  private static Set<String> outcomes(Consumer<FaultyDisk> work) throws IOException {
    Set<String> outcomes = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      FaultyDisk disk = new FaultyDisk(seed);
      work.accept(disk);
      FaultyDisk after = disk.powerLoss();
      boolean there = after.list(DIRECTORY).contains(FILE);
      outcomes.add(there ? new String(after.content(FILE), StandardCharsets.ISO_8859_1) : "-");
    }
    return outcomes;
  }

  private interface Work {
    void on(FaultyDisk disk) throws IOException;
  }

  private static Consumer<FaultyDisk> doing(Work work) {
    return disk -> {
      try {
        work.on(disk);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    };
  }

  @Test
  void syncedContentUnderASyncedName_stays() throws IOException {
    assertThat(
            outcomes(
                doing(
                    disk -> {
                      AppendFile file = disk.create(FILE);
                      file.write(bytes("abcd"));
                      file.sync();
                      disk.syncDirectory(DIRECTORY);
                    })))
        .containsExactly("abcd");
  }

  @Test
  void unsyncedContent_mayBeWholeGoneHalvedZeroedOrGarbled() throws IOException {
    assertThat(
            outcomes(
                doing(
                    disk -> {
                      AppendFile file = disk.create(FILE);
                      disk.syncDirectory(DIRECTORY);
                      file.write(bytes("abcd"));
                    })))
        .contains("", "abcd", "ab", "\0\0\0\0")
        .doesNotContain("-")
        .hasSizeGreaterThan(5);
  }

  @Test
  void unsyncedName_mayBeGone() throws IOException {
    assertThat(
            outcomes(
                doing(
                    disk -> {
                      AppendFile file = disk.create(FILE);
                      file.write(bytes("abcd"));
                      file.sync();
                    })))
        .containsExactlyInAnyOrder("-", "abcd");
  }

  @Test
  void afterAFailedSync_anotherProvesNothing() throws IOException {
    assertThat(
            outcomes(
                doing(
                    disk -> {
                      AppendFile file = disk.create(FILE);
                      disk.syncDirectory(DIRECTORY);
                      file.write(bytes("abcd"));
                      disk.failSyncAfter(1);
                      assertThatThrownBy(file::sync).hasMessage("Input/output error");
                      file.sync();
                    })))
        .contains("", "abcd");
  }

  @Test
  void replace_isOldOrNew_wheneverThePowerGoes() throws IOException {
    for (int operation = 1; operation <= 4; operation++) {
      int at = operation;
      assertThat(
              outcomes(
                  doing(
                      disk -> {
                        disk.put(FILE, new byte[] {'o', 'l', 'd'});
                        disk.powerOffAfter(at);
                        assertThatThrownBy(() -> disk.replace(FILE, bytes("new")))
                            .hasMessageContaining("power");
                      })))
          .isSubsetOf("old", "new");
    }
  }
}
