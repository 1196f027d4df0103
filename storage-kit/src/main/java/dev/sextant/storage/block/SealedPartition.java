package dev.sextant.storage.block;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/**
 * A partition that is only read. Opened when first asked for; the store's bound may let go of it
 * again.
 */
final class SealedPartition implements Partition {
  private final PartitionName name;
  private final Path path;
  private final DirectoryOpener opener;
  private @Nullable Directory directory;
  private @Nullable DirectoryReader reader;
  private boolean dropped;

  SealedPartition(PartitionName name, Path path, DirectoryOpener opener) {
    this.name = name;
    this.path = path;
    this.opener = opener;
  }

  @Override
  public PartitionName name() {
    return name;
  }

  @Override
  public synchronized DirectoryReader acquire() throws IOException {
    if (dropped) {
      throw new PartitionDroppedException(name.name());
    }
    DirectoryReader current = reader;
    if (current == null) {
      Directory files = opener.open(path);
      try {
        current = DirectoryReader.open(files);
      } catch (IOException | RuntimeException e) {
        files.close();
        throw e;
      }
      directory = files;
      reader = current;
    }
    current.incRef();
    return current;
  }

  synchronized boolean isOpen() {
    return reader != null;
  }

  @Override
  public synchronized void release() throws IOException {
    DirectoryReader open = reader;
    Directory files = directory;
    reader = null;
    directory = null;
    if (open != null) {
      open.decRef();
    }
    if (files != null) {
      files.close();
    }
  }

  /** Something that is done with a partition's files. */
  @FunctionalInterface
  interface FileWork {
    void run() throws IOException;
  }

  /** Lets go of the files, has them exchanged, and opens those that are there then. */
  synchronized void exchange(FileWork work) throws IOException {
    release();
    work.run();
  }

  /** Lets go for good. */
  synchronized void drop() throws IOException {
    dropped = true;
    release();
  }
}
