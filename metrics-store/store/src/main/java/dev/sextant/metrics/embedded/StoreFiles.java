package dev.sextant.metrics.embedded;

import dev.sextant.storage.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The few file operations the store is built from; a failed one is a {@link StoreException} that
 * names the file.
 */
class StoreFiles {
  private static final String TEMPORARY = ".tmp";

  /** Creates a directory and its missing parents; durable when it returns. */
  void createDirectories(Path directory) {
    attempt(
        "create",
        directory,
        () -> {
          if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            sync(directory);
            syncParent(directory);
          }
        });
  }

  /**
   * Writes a whole file beside its name, fsyncs it, renames it and fsyncs the directory: after a
   * crash the file is there whole or not at all.
   */
  void replace(Path file, ByteBuffer content) {
    attempt(
        "write",
        file,
        () -> {
          Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
          try (FileChannel channel =
              FileChannel.open(
                  temporary,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)) {
            while (content.hasRemaining()) {
              channel.write(content);
            }
            channel.force(true);
          }
          Files.move(
              temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          syncParent(file);
        });
  }

  /** Deletes a file; after a power loss it may be back. */
  void delete(Path file) {
    attempt("delete", file, () -> Files.deleteIfExists(file));
  }

  /** Renames a file within its directory. */
  void rename(Path file, Path to) {
    attempt(
        "rename",
        file,
        () -> {
          Files.move(file, to, StandardCopyOption.REPLACE_EXISTING);
          syncParent(to);
        });
  }

  byte[] read(Path file) {
    byte[][] bytes = new byte[1][];
    attempt("read", file, () -> bytes[0] = Files.readAllBytes(file));
    return bytes[0];
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
      throw new StoreException("cannot list " + directory + ": " + failure.getMessage(), failure);
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void syncParent(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      sync(parent);
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void attempt(String verb, Path file, Action action) {
    try {
      action.run();
    } catch (IOException failure) {
      throw new StoreException("cannot " + verb + " " + file + ": " + failure, failure);
    }
  }
}
