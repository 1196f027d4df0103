package dev.sextant.trace;

import dev.sextant.storage.codec.Bloom;
import dev.sextant.storage.codec.LongSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bloom filters over the traces of runs, in heap: most runs that do not hold a trace are told
 * without reading their index. Made when a run is first asked, of at most 64 KiB each, and
 * forgotten where more are in use than the bound. Thread-safe.
 */
final class RunFilters {
  private static final int MAX_FILTERS = 500;

  private final Map<String, Filter> byRun = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param mask of the bits of keys that the run knows
   */
  private record Filter(Bloom bloom, long mask) {
    static Filter of(RunIndex index) {
      LongSet keys = new LongSet();
      index.eachKey(keys::add);
      return new Filter(Bloom.of(keys), index.mask());
    }
  }

  /**
   * False only where a run has no trace with a key.
   *
   * @throws dev.sextant.storage.block.BlockDamagedException where the run's index cannot be read
   */
  boolean mightContain(StoredRun run, long key) {
    Filter filter = known(run.name());
    if (filter == null) {
      filter = Filter.of(run.index());
      keep(run.name(), filter);
    }
    return filter.bloom.mightContain(key & filter.mask);
  }

  private synchronized @Nullable Filter known(String run) {
    return byRun.get(run);
  }

  private synchronized void keep(String run, Filter filter) {
    byRun.put(run, filter);
    if (byRun.size() > MAX_FILTERS) {
      byRun.remove(byRun.keySet().iterator().next());
    }
  }
}
