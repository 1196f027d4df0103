package dev.sextant.storage.block;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;

/**
 * The blocks that one query looks into: every row that was applied when it was taken stands in
 * exactly one of them, whatever closes, merges or is dropped meanwhile. Close it.
 */
public final class BlockSnapshot implements AutoCloseable {
  private final List<BlockRef> blocks = new ArrayList<>();
  private final List<RunRef> runs = new ArrayList<>();
  private final List<DirectoryReader> readers = new ArrayList<>();

  BlockSnapshot() {}

  /** In no order. */
  public List<BlockRef> blocks() {
    return blocks;
  }

  /** What was written anew as runs, in no order. Their rows are in none of the blocks. */
  public List<RunRef> runs() {
    return runs;
  }

  void add(RunRef run) {
    runs.add(run);
  }

  void add(BlockRef block) {
    blocks.add(block);
  }

  /** Holds a reader until the snapshot is closed. */
  void hold(DirectoryReader reader) {
    readers.add(reader);
  }

  @Override
  public void close() {
    for (DirectoryReader reader : readers) {
      try {
        reader.decRef();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    readers.clear();
  }
}
