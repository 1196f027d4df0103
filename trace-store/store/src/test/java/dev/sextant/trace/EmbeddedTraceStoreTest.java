package dev.sextant.trace;

import dev.sextant.storage.block.BlockSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedTraceStoreTest extends TraceStoreContract {
  @TempDir Path root;
  private Path directory;

  @Override
  protected TraceStore open() {
    directory = root.resolve("traces");
    return reopen();
  }

  @Override
  protected TraceStore reopen() {
    return openEmbedded();
  }

  final EmbeddedTraceStore openEmbedded() {
    return EmbeddedTraceStore.open(
        directory, TraceStoreSettings.DEFAULT.withBlocks(blocks()), InstantSource.fixed(NOW));
  }

  BlockSettings blocks() {
    return BlockSettings.DEFAULT.withoutBackground();
  }

  @Override
  protected TraceStore reopenAfterCrash(TraceStore store) throws Exception {
    Path left = root.resolve("after crash");
    copy(directory, left);
    store.close();
    directory = left;
    return reopen();
  }

  /** What a killed process leaves: the files as they are. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
