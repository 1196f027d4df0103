package dev.sextant.trace;

import dev.sextant.storage.block.RowBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was made of the payloads of blocks in heap, kept from query to query, so that each payload
 * is walked once while its block is open. Those used least recently are let go where all together
 * take more than their bound. Thread-safe.
 */
final class OpenColumns {
  private final long maxBytes;
  private final Map<Key, PayloadColumns> known = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * A block.
   *
   * @param firstRow number of its first row, which no other block has
   */
  record Key(String tenant, long firstRow) {
    static Key of(RowBlock block) {
      return new Key(block.tenant(), block.rowNumbers()[0]);
    }
  }

  /**
   * @param maxBytes of heap, about
   */
  OpenColumns(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The columns of a block in heap, which may lack its latest rows. */
  synchronized PayloadColumns of(RowBlock block) {
    return known.computeIfAbsent(Key.of(block), key -> new PayloadColumns());
  }

  /**
   * Lets go of what is beyond the bound, and of a tenant's blocks that are not in heap any more.
   *
   * @param inHeap all that are
   */
  synchronized void trim(String tenant, Set<Key> inHeap) {
    known.keySet().removeIf(key -> key.tenant.equals(tenant) && !inHeap.contains(key));
    long total = known.values().stream().mapToLong(PayloadColumns::heapBytes).sum();
    List<Key> oldest = new ArrayList<>(known.keySet());
    for (int i = 0; i < oldest.size() && total > maxBytes; i++) {
      PayloadColumns dropped = known.remove(oldest.get(i));
      total -= dropped == null ? 0 : dropped.heapBytes();
    }
  }
}
