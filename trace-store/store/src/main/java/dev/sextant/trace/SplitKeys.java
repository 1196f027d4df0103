package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.codec.LongSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers, from query to query, which traces have spans in more than one place, and which blocks
 * of runs hold some of them: what runs noted, and which traces of hot blocks are in runs too. Each
 * such trace, and each trace of a hot block, is looked up in each run once; most are told by a
 * filter in heap. Thread-safe.
 */
final class SplitKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SplitKeys.class);

  /** Runs that are there no more are remembered up to so many. */
  private static final int MAX_GONE = 500;

  /** Beside twice those that are split, so many traces that were are looked for in new runs. */
  private static final int MAX_FORMER = 10_000;

  private final RunFilters filters;
  private final Map<String, Located> located = new HashMap<>();
  private final Map<String, Known> runs = new HashMap<>();
  private final Map<Key, Hot> hot = new HashMap<>();
  private long nextNumber = 1;

  /**
   * A hot block.
   *
   * @param rows how many it has; -1 while it grows
   */
  record Key(String tenant, long firstRow, int rows) {}

  /** What is known of a run. */
  private static final class Known {
    /** Runs that were met later have a higher one. */
    final long number;

    final long[] split;

    /** Its blocks that hold split traces. */
    final BitSet blocks = new BitSet();

    /** So many of the split traces were looked up in it. */
    int lookedUp;

    Known(long number, long[] split) {
      this.number = number;
      this.split = split;
    }
  }

  /** Traces of a tenant that are or were split, in the order in which they were met. */
  private static final class Located {
    final LongSet known = new LongSet();
    long[] keys = new long[64];
    int size;

    void add(long key) {
      if (known.add(key)) {
        if (size == keys.length) {
          keys = Arrays.copyOf(keys, size * 2);
        }
        keys[size++] = key;
      }
    }
  }

  /**
   * Split traces.
   *
   * @param keys of them
   * @param blocks of each run, those that hold some of them; maybe others too
   */
  record Split(LongSet keys, Map<StoredRun, BitSet> blocks) {}

  /** What is known of a hot block. */
  private static final class Hot {
    /** Keys of its first rows' traces. */
    final LongSet keys = new LongSet();

    /** Those that are in runs too. */
    final LongSet split = new LongSet();

    int rows;

    /** Runs up to this number were asked for all keys. */
    long asked;
  }

  /** A hot block's rows. */
  interface Rows {
    int count();

    /** Gives the keys of the traces of rows from one on; maybe of others too. */
    void keys(int fromRow, LongConsumer taken);
  }

  SplitKeys(RunFilters filters) {
    this.filters = filters;
  }

  /**
   * The split traces.
   *
   * @param present all runs of the tenant
   * @param blocks all hot blocks of the tenant
   */
  synchronized Split of(String tenant, List<StoredRun> present, Map<Key, Rows> blocks) {
    LongSet split = new LongSet();
    List<StoredRun> known = new ArrayList<>();
    for (StoredRun run : present) {
      Known its = known(run);
      if (its != null) {
        known.add(run);
        for (long key : its.split) {
          split.add(key);
        }
      }
    }
    for (Map.Entry<Key, Rows> block : blocks.entrySet()) {
      Hot entry = hot.computeIfAbsent(block.getKey(), key -> new Hot());
      try {
        update(entry, block.getValue(), known);
      } catch (BlockDamagedException e) {
        LOG.error("a hot block's traces are not joined with others", e);
      }
      for (long key : entry.split.toArray()) {
        split.add(key);
      }
    }
    hot.keySet().removeIf(key -> key.tenant.equals(tenant) && !blocks.containsKey(key));
    trim(present);
    return new Split(split, locate(tenant, split, present));
  }

  /** Looks up in each run the split traces that were not yet. */
  private Map<StoredRun, BitSet> locate(String tenant, LongSet split, List<StoredRun> present) {
    Located all = located.computeIfAbsent(tenant, t -> new Located());
    if (all.size > 2 * split.size() + MAX_FORMER) {
      all = new Located();
      located.put(tenant, all);
      for (StoredRun run : present) {
        Known known = runs.get(run.name());
        if (known != null) {
          known.lookedUp = 0;
          known.blocks.clear();
        }
      }
    }
    for (long key : split.toArray()) {
      all.add(key);
    }
    Map<StoredRun, BitSet> blocks = new HashMap<>();
    for (StoredRun run : present) {
      Known known = runs.get(run.name());
      if (known == null) {
        blocks.put(run, allOf(run));
      } else {
        lookUp(run, known, all);
        blocks.put(run, (BitSet) known.blocks.clone());
      }
    }
    return blocks;
  }

  private void lookUp(StoredRun run, Known known, Located all) {
    try {
      long[] some = new long[all.size - known.lookedUp];
      int count = 0;
      for (int i = known.lookedUp; i < all.size; i++) {
        if (filters.mightContain(run, all.keys[i])) {
          some[count++] = all.keys[i];
        }
      }
      run.index()
          .findAll(
              RunIndex.sort(Arrays.copyOf(some, count)), (key, block) -> known.blocks.set(block));
    } catch (BlockDamagedException e) {
      LOG.error("the blocks of run {} are looked through one by one", run.name(), e);
      known.blocks.or(allOf(run));
    }
    known.lookedUp = all.size;
  }

  private static BitSet allOf(StoredRun run) {
    BitSet all = new BitSet();
    all.set(0, run.size());
    return all;
  }

  private @Nullable Known known(StoredRun run) {
    Known known = runs.get(run.name());
    if (known == null) {
      try {
        known = new Known(nextNumber++, run.index().split());
        runs.put(run.name(), known);
      } catch (BlockDamagedException e) {
        LOG.error("traces of run {} are not joined with others", run.name(), e);
      }
    }
    return known;
  }

  /** Asks the runs that were not asked yet, and all for rows that are new. */
  private void update(Hot entry, Rows rows, List<StoredRun> present) {
    List<Long> added = new ArrayList<>();
    if (entry.rows < rows.count()) {
      rows.keys(
          entry.rows,
          key -> {
            if (entry.keys.add(key)) {
              added.add(key);
            }
          });
      entry.rows = rows.count();
    }
    long asked = entry.asked;
    for (StoredRun run : present) {
      Known known = runs.get(run.name());
      if (known == null) {
        continue;
      }
      asked = Math.max(asked, known.number);
      if (known.number > entry.asked) {
        for (long key : entry.keys.toArray()) {
          ask(run, key, entry);
        }
      } else {
        added.forEach(key -> ask(run, key, entry));
      }
    }
    entry.asked = asked;
  }

  private void ask(StoredRun run, long key, Hot entry) {
    if (!entry.split.contains(key) && filters.mightContain(run, key)) {
      run.index().find(key, block -> entry.split.add(key));
    }
  }

  /** Forgets runs that are there no more. */
  private void trim(List<StoredRun> present) {
    if (runs.size() > present.size() + MAX_GONE) {
      Set<String> names = new HashSet<>();
      present.forEach(run -> names.add(run.name()));
      runs.keySet().retainAll(names);
    }
  }
}
