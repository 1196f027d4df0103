package dev.sextant.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The few file operations that crash-safe storage is built from. Each call states what of it
 * survives a power loss; nothing else may be assumed. Thread-safe; the files it opens are not.
 *
 * <p>A file's <em>name</em> and its <em>content</em> become durable apart: {@link AppendFile#sync}
 * covers the content, {@link #syncDirectory} the names created, replaced or deleted in a directory
 * before it.
 */
public interface Disk {
  /** The operating system's files. */
  static Disk local() {
    return LocalDisk.INSTANCE;
  }

  /** Creates a directory and its missing parents. Durable when it returns. */
  void createDirectories(Path directory) throws IOException;

  /** The regular files of a directory, ordered by name. */
  List<Path> list(Path directory) throws IOException;

  /**
   * Creates an empty file to append to. After a power loss the name may be missing until {@link
   * #syncDirectory}.
   *
   * @throws java.nio.file.FileAlreadyExistsException where the name is taken
   */
  AppendFile create(Path file) throws IOException;

  /**
   * Opens a file for reading; it stays readable through this handle when its name is deleted.
   *
   * @throws java.nio.file.NoSuchFileException where there is none
   */
  ReadFile open(Path file) throws IOException;

  /** Makes a file's content, as it can be read now, durable. */
  void sync(Path file) throws IOException;

  /**
   * Gives a file new content: a temporary file beside it is written and fsynced, renamed over the
   * name, and the directory fsynced. After a power loss at any moment the file holds the old
   * content or the new, never a mixture; when this returns, the new.
   */
  void replace(Path file, ByteBuffer content) throws IOException;

  /**
   * Deletes a file if it exists. After a power loss it may be back until {@link #syncDirectory}.
   */
  void delete(Path file) throws IOException;

  /** Makes the names in a directory durable, as they are now. */
  void syncDirectory(Path directory) throws IOException;

  /** Bytes that this process may still write to the file system that holds a path. */
  long usableBytes(Path path) throws IOException;
}
