package dev.sextant.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryLockTest {
  @TempDir Path parent;

  @Test
  void secondInstanceInOneProcess_isRefused_untilTheFirstLetsGo() throws IOException {
    Path directory = parent.resolve("data");
    try (DataDirectoryLock first = DataDirectoryLock.acquire(directory)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> DataDirectoryLock.acquire(directory))
          .isInstanceOf(DataDirectoryInUseException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    DataDirectoryLock.acquire(directory).close();
  }

  @Test
  void secondProcess_isRefused_andAKilledOneHoldsNothing() throws Exception {
    Process other =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    DirectoryHolder.class.getName(),
                    parent.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("held");
      assertThatThrownBy(() -> DataDirectoryLock.acquire(parent))
          .isInstanceOf(DataDirectoryInUseException.class)
          .hasMessageContaining("process " + other.pid());
    } finally {
      other.destroyForcibly().waitFor();
    }
    DataDirectoryLock.acquire(parent).close();
  }

  /** A process that holds a directory until it is killed. */
  static final class DirectoryHolder {
    private DirectoryHolder() {}

    public static void main(String[] args) throws IOException {
      try (DataDirectoryLock lock = DataDirectoryLock.acquire(Path.of(args[0]))) {
        System.out.println(lock == null ? "" : "held");
        System.in.read();
      }
    }
  }
}
