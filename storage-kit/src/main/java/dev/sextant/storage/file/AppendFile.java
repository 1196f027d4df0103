package dev.sextant.storage.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file open for appending. For one thread. */
public interface AppendFile extends Closeable {
  /**
   * Appends all remaining bytes. Until {@link #sync} a power loss may keep, drop, halve, zero or
   * garble them; after an exception any part of them may be in the file.
   */
  void write(ByteBuffer bytes) throws IOException;

  /**
   * Makes every byte written so far durable.
   *
   * @throws IOException where that is unknown: a second call would then prove nothing, for the
   *     kernel may have dropped the pages that it could not write. Close the file and trust only
   *     what the last successful call covered
   */
  void sync() throws IOException;

  /** Cuts the file to its first {@code length} bytes; durable with the next {@link #sync}. */
  void truncate(long length) throws IOException;
}
