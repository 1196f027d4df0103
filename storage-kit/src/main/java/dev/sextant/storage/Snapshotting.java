package dev.sextant.storage;

import java.nio.file.Path;

/** What keeps files on this machine's disk, and can give a copy of them while it goes on. */
public interface Snapshotting {
  /**
   * Writes what is durable now to a directory, which is created, so that the same kind of store or
   * journal opened there holds the same. Files that never change again are hard links. Durable when
   * it returns. Thread-safe; takes milliseconds of the writer's time at most.
   *
   * @throws StoreException where it cannot; what was written so far may be left behind
   */
  void snapshot(Path target);
}
