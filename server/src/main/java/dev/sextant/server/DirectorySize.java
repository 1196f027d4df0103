package dev.sextant.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What a directory's files take, in bytes of content, counted at most once in ten seconds. Files
 * that come and go meanwhile may be missed; a file linked twice counts twice. Safe for many
 * threads.
 */
final class DirectorySize {
  private static final long FRESH_MILLIS = 10_000;

  private final Path directory;
  private final InstantSource clock;
  private long bytes;
  private long countedMillis = Long.MIN_VALUE;

  DirectorySize(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * @throws UncheckedIOException when a directory cannot be read
   */
  synchronized long bytes() {
    long now = clock.millis();
    if (countedMillis == Long.MIN_VALUE || Math.abs(now - countedMillis) >= FRESH_MILLIS) {
      try {
        bytes = of(directory);
      } catch (IOException e) {
        throw new UncheckedIOException("the size of " + directory + " cannot be told", e);
      }
      countedMillis = now;
    }
    return bytes;
  }

  static long of(Path directory) throws IOException {
    Sum sum = new Sum();
    Files.walkFileTree(directory, sum);
    return sum.bytes;
  }

  private static final class Sum extends SimpleFileVisitor<Path> {
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.isRegularFile() ? attributes.size() : 0;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (Files.exists(file)) {
        throw e;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
        throws IOException {
      if (e != null && Files.exists(directory)) {
        throw e;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
