package dev.sextant.storage.block;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;

/** The blocks of one span of arrival. */
interface Partition {
  PartitionName name();

  /**
   * A reader that the caller gives back with {@code decRef}. Thread-safe.
   *
   * @throws IOException where the partition cannot be opened
   */
  DirectoryReader acquire() throws IOException;

  /** Lets go of files; readers that were acquired stay valid. */
  void release() throws IOException;
}
