package dev.sextant.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Gives files that are never changed again a second name. */
public final class FileLinks {
  private FileLinks() {}

  /**
   * Makes a hard link, or a copy where the file system has no links or the target lies on another.
   * Durable once the target's directory is synced.
   *
   * @throws java.nio.file.NoSuchFileException where the file is gone
   */
  public static void link(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (UnsupportedOperationException | java.nio.file.FileSystemException e) {
      if (!Files.exists(file)) {
        throw new java.nio.file.NoSuchFileException(file.toString());
      }
      copy(file, target, Long.MAX_VALUE);
    }
  }

  /** Copies a file's first bytes, or all where it has fewer, and fsyncs the copy. */
  public static void copy(Path file, Path target, long bytes) throws IOException {
    try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
        FileChannel to =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long end = Math.min(bytes, from.size());
      for (long at = 0; at < end; ) {
        at += from.transferTo(at, end - at, to);
      }
      to.force(true);
    }
  }
}
