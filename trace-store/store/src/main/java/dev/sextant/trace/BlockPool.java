package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that one request goes through more than once. What it read of them is kept up to about
 * a bound; beyond, those used least recently are read again when they are needed again. A damaged
 * block is told of once and is not there from then on. For one thread.
 */
final class BlockPool {
  private static final int USES_A_TRIM = 32;

  private final Inspection inspection;
  private final long maxBytes;
  private final List<SpanBlockRef> refs = new ArrayList<>();
  private final Map<SpanBlockRef, Integer> numbers = new IdentityHashMap<>();
  private final Map<Integer, SpanBlock> open = new LinkedHashMap<>(16, 0.75f, true);
  private final List<State> states = new ArrayList<>();
  private int uses;

  private enum State {
    UNTOUCHED,
    LOOKED_INTO,
    DAMAGED
  }

  /**
   * @param maxBytes of columns that are kept
   */
  BlockPool(Inspection inspection, long maxBytes) {
    this.inspection = inspection;
    this.maxBytes = maxBytes;
  }

  /** Blocks that were added. */
  int size() {
    return refs.size();
  }

  /** The number of a block from now on, the next one for each new block. */
  int add(SpanBlockRef ref) {
    return numbers.computeIfAbsent(
        ref,
        added -> {
          refs.add(added);
          states.add(State.UNTOUCHED);
          return refs.size() - 1;
        });
  }

  /** Whether a block was added. */
  boolean has(SpanBlockRef ref) {
    return numbers.containsKey(ref);
  }

  SpanBlockRef ref(int number) {
    return refs.get(number);
  }

  /** Something to do with a block. */
  interface Use {
    /**
     * @throws BlockDamagedException where the block is of no use any more
     */
    void with(SpanBlock block);
  }

  /** Opens a block, if it is not damaged; false where it is, or turns out to be. */
  boolean use(int number, Use use) {
    try {
      SpanBlock block = get(number);
      if (block == null) {
        return false;
      }
      use.with(block);
      return true;
    } catch (BlockDamagedException e) {
      states.set(number, State.DAMAGED);
      open.remove(number);
      inspection.damaged(e);
      return false;
    } finally {
      if (++uses % USES_A_TRIM == 0) {
        trim();
      }
    }
  }

  /**
   * A block that may have been let go meanwhile; null where it is damaged.
   *
   * @throws BlockDamagedException where it turns out to be
   */
  @Nullable SpanBlock get(int number) {
    if (states.get(number) == State.DAMAGED) {
      return null;
    }
    SpanBlock block = open.get(number);
    if (block == null) {
      block = refs.get(number).open();
      open.put(number, block);
    }
    return block;
  }

  /** Rows of a block are read, for the first time or again. */
  void lookInto(int number, SpanBlock block) {
    if (states.get(number) == State.UNTOUCHED) {
      states.set(number, State.LOOKED_INTO);
      inspection.lookedInto(block);
    }
  }

  private void trim() {
    long total = open.values().stream().mapToLong(SpanBlock::bytesRead).sum();
    while (total > maxBytes && open.size() > 1) {
      Integer oldest = open.keySet().iterator().next();
      total -= letGo(oldest);
    }
  }

  private long letGo(Integer number) {
    SpanBlock block = open.remove(number);
    long bytes = block == null ? 0 : block.bytesRead();
    inspection.read(bytes);
    return bytes;
  }

  /** No more use of any. */
  void close() {
    List.copyOf(open.keySet()).forEach(this::letGo);
  }
}
