package dev.sextant.metrics.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Copies of a store's directory, as a crash would leave it. */
final class Directories {
  private Directories() {}

  static void copy(Path from, Path to) {
    for (Path source : walk(from)) {
      Path target = to.resolve(from.relativize(source).toString());
      try {
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else {
          Files.copy(source, target);
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** Files whose name ends so. */
  static List<Path> files(Path directory, String ending) {
    return walk(directory).stream().filter(file -> file.toString().endsWith(ending)).toList();
  }

  private static List<Path> walk(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
