package dev.sextant.storage.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file open for reading at any position; it may grow meanwhile. */
public interface ReadFile extends Closeable {
  /**
   * Reads up to {@code target.remaining()} bytes from a position on.
   *
   * @return the number of bytes read, or -1 at or behind the end
   */
  int read(ByteBuffer target, long position) throws IOException;

  /** The file's length in bytes, now. */
  long length() throws IOException;
}
