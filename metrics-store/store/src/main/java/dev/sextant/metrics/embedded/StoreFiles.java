package dev.sextant.metrics.embedded;

import dev.sextant.storage.StoreException;
import dev.sextant.storage.file.Disk;
import dev.sextant.storage.file.FileLinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The few file operations the store is built from, with the promises of {@link Disk}. A failed one
 * is a {@link StoreException} that names the file.
 */
class StoreFiles {
  private static final String TEMPORARY = ".tmp";

  private final Disk disk = Disk.local();

  /** Creates a directory and its missing parents; durable when it returns. */
  void createDirectories(Path directory) {
    attempt("create", directory, () -> disk.createDirectories(directory));
  }

  /**
   * Writes a whole file: after a crash it is there whole or not at all, and when this returns,
   * whole.
   */
  void replace(Path file, ByteBuffer content) {
    attempt("write", file, () -> disk.replace(file, content));
  }

  /** Deletes a file or an empty directory; after a power loss it may be back. */
  void delete(Path file) {
    attempt("delete", file, () -> disk.delete(file));
  }

  /** Renames a file within its directory. */
  void rename(Path file, Path to) {
    attempt(
        "rename",
        file,
        () -> {
          Files.move(file, to, StandardCopyOption.REPLACE_EXISTING);
          Path directory = to.getParent();
          if (directory != null) {
            disk.syncDirectory(directory);
          }
        });
  }

  /** Copies a file beside another name; for evidence, not for durability. */
  void copy(Path file, Path to) {
    attempt("copy", file, () -> Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING));
  }

  /** Links every file below a directory, none of which may change or go meanwhile. */
  void linkTree(Path directory, Path target) {
    attempt("create", target, () -> disk.createDirectories(target));
    for (Path entry : all(directory)) {
      Path copy = target.resolve(entry.getFileName());
      if (Files.isDirectory(entry)) {
        linkTree(entry, copy);
      } else {
        attempt("link", entry, () -> FileLinks.link(entry, copy));
      }
    }
    attempt("sync", target, () -> disk.syncDirectory(target));
  }

  byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw failed("read", file, failure);
    }
  }

  /**
   * What a directory holds, by name; leftovers of writes that a crash ended are deleted on the way.
   */
  List<Path> list(Path directory) {
    List<Path> entries = all(directory);
    entries.stream().filter(StoreFiles::isTemporary).forEach(this::delete);
    return entries.stream().filter(entry -> !isTemporary(entry)).toList();
  }

  private static boolean isTemporary(Path file) {
    return file.toString().endsWith(TEMPORARY);
  }

  private static List<Path> all(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (IOException | UncheckedIOException failure) {
      throw failed("list", directory, failure);
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void attempt(String verb, Path file, Action action) {
    try {
      action.run();
    } catch (IOException failure) {
      throw failed(verb, file, failure);
    }
  }

  private static StoreException failed(String verb, Path file, Exception failure) {
    return new StoreException("cannot " + verb + " " + file + ": " + failure, failure);
  }
}
