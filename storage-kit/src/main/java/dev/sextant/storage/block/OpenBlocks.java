package dev.sextant.storage.block;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Blocks in heap: one that is open for each stream, and closed ones until a reader sees them in
 * Lucene. Guarded by the store's state lock.
 */
final class OpenBlocks {
  private final BlockSchema schema;
  private final BlockSettings settings;

  /** In the order in which they were opened, so the first is the oldest. */
  private final Map<StreamKey, HeapBlock> open = new LinkedHashMap<>();

  private final Deque<HeapBlock> closed = new ArrayDeque<>();

  /**
   * The last row of each stream that recovery found in stored blocks; rows up to there are skipped.
   */
  private final Map<StreamKey, Long> stored = new HashMap<>();

  private long closedBytes;
  private long openBytes;

  OpenBlocks(BlockSchema schema, BlockSettings settings) {
    this.schema = schema;
    this.settings = settings;
  }

  void skipUpTo(Map<StreamKey, Long> lastRows) {
    stored.clear();
    stored.putAll(lastRows);
  }

  /** Replay has passed every row that could be there already. */
  void forgetBelow(long row) {
    if (!stored.isEmpty()) {
      stored.values().removeIf(last -> last < row);
    }
  }

  boolean holds(StreamKey stream, long row) {
    Long last = stored.isEmpty() ? null : stored.get(stream);
    return last != null && row <= last;
  }

  void append(StreamKey stream, BlockRow row, long nowMillis) {
    HeapBlock block = open.get(stream);
    if (block == null) {
      block = new HeapBlock(stream, schema, nowMillis);
      open.put(stream, block);
      openBytes += block.heapBytes();
    }
    long before = block.heapBytes();
    block.append(row);
    openBytes += block.heapBytes() - before;
    if (block.rows() >= settings.blockRows() || block.contentBytes() >= settings.blockBytes()) {
      open.remove(stream);
      close(block);
    }
  }

  private void close(HeapBlock block) {
    openBytes -= block.heapBytes();
    closedBytes += block.heapBytes();
    closed.add(block);
  }

  void closeAll() {
    open.values().forEach(this::close);
    open.clear();
  }

  /** Closes blocks that were opened at or before a time. */
  void closeOpenedBy(long millis) {
    Iterator<HeapBlock> oldest = open.values().iterator();
    while (oldest.hasNext()) {
      HeapBlock block = oldest.next();
      if (block.openedMillis > millis) {
        return;
      }
      oldest.remove();
      close(block);
    }
  }

  /** Closes the oldest blocks until all open ones together take a quarter less than they may. */
  void closeOverLimit() {
    if (openBytes <= settings.openBytes()) {
      return;
    }
    Iterator<HeapBlock> oldest = open.values().iterator();
    while (oldest.hasNext() && openBytes > settings.openBytes() / 4 * 3) {
      HeapBlock block = oldest.next();
      oldest.remove();
      close(block);
    }
  }

  /** The oldest closed block that was not handed to the writer, or null. */
  @Nullable HeapBlock nextUnwritten() {
    for (HeapBlock block : closed) {
      if (!block.written) {
        return block;
      }
    }
    return null;
  }

  /** Forgets the blocks that were written: a reader sees them now. */
  void removeWritten() {
    closed.removeIf(block -> block.written);
    closedBytes = closed.stream().mapToLong(HeapBlock::heapBytes).sum();
  }

  long closedBytes() {
    return closedBytes;
  }

  long bytes() {
    return openBytes + closedBytes;
  }

  /** The oldest row that is not in a written block, or {@code otherwise}. */
  long oldestRow(long otherwise) {
    long oldest = otherwise;
    for (HeapBlock block : open.values()) {
      oldest = Math.min(oldest, block.firstRow());
    }
    for (HeapBlock block : closed) {
      oldest = block.written ? oldest : Math.min(oldest, block.firstRow());
    }
    return oldest;
  }

  List<HeapBlock> all() {
    List<HeapBlock> all = new ArrayList<>(closed);
    all.addAll(open.values());
    return all;
  }
}
