package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.codec.Bloom;
import dev.sextant.storage.codec.LongSet;
import java.util.ArrayList;
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
 * Remembers, from query to query, which traces have spans in more than one place: what runs noted,
 * and which traces of hot blocks are in runs too. Each trace of a hot block is looked up in each
 * run once; most are told by a filter in heap. Thread-safe.
 */
final class SplitKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SplitKeys.class);

  /** As many runs have filters, the newest; 64 KiB each. Others are asked through their index. */
  private static final int MAX_FILTERS = 500;

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
    @Nullable Filter filter;

    Known(long number, long[] split) {
      this.number = number;
      this.split = split;
    }
  }

  /**
   * @param mask of the bits of keys that the run knows
   */
  private record Filter(Bloom bloom, long mask) {
    boolean mightContain(long key) {
      return bloom.mightContain(key & mask);
    }
  }

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

  /**
   * The keys of split traces.
   *
   * @param present all runs of the tenant
   * @param blocks all hot blocks of the tenant
   */
  synchronized LongSet of(String tenant, List<StoredRun> present, Map<Key, Rows> blocks) {
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
    return split;
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
          ask(run, known, key, entry);
        }
      } else {
        added.forEach(key -> ask(run, known, key, entry));
      }
    }
    entry.asked = asked;
  }

  private void ask(StoredRun run, Known known, long key, Hot entry) {
    if (entry.split.contains(key)) {
      return;
    }
    Filter filter = known.filter;
    if (filter == null) {
      filter = filter(run);
      known.filter = filter;
    }
    if (filter.mightContain(key)) {
      run.index().find(key, block -> entry.split.add(key));
    }
  }

  private static Filter filter(StoredRun run) {
    RunIndex index = run.index();
    LongSet keys = new LongSet();
    index.eachKey(keys::add);
    return new Filter(Bloom.of(keys), index.mask());
  }

  /** Forgets runs that are there no more, and filters beyond the bound. */
  private void trim(List<StoredRun> present) {
    if (runs.size() > present.size() + MAX_FILTERS) {
      Set<String> names = new HashSet<>();
      present.forEach(run -> names.add(run.name()));
      runs.keySet().retainAll(names);
    }
    List<Known> filtered =
        new ArrayList<>(runs.values().stream().filter(run -> run.filter != null).toList());
    if (filtered.size() > MAX_FILTERS) {
      filtered.sort((a, b) -> Long.compare(a.number, b.number));
      filtered.subList(0, filtered.size() - MAX_FILTERS).forEach(run -> run.filter = null);
    }
  }
}
