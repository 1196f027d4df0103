package dev.sextant.metrics.embedded;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsCapabilities;
import dev.sextant.metrics.MetricsStore;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.storage.Position;
import dev.sextant.storage.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The time-series store inside the process.
 *
 * <p>New samples stand in each tenant's head, in memory. {@link #commit} makes them durable: as a
 * head file of what came since the last one or, when a head is large or old, as immutable blocks by
 * day. Everything after the last commit is the journal's to bring again: {@link #apply} skips what
 * is there already.
 *
 * <p>Of two samples of a series at one time the first stays. Samples may come in any order of time.
 *
 * <p>Thread-safe: one writer at a time, any number of readers. A reader holds the lock only to note
 * which arrays to read, a writer while a batch enters the head; files are written without it.
 */
public final class EmbeddedMetricsStore implements MetricsStore {
  private static final MetricsCapabilities ALL =
      new MetricsCapabilities(true, true, true, true, true);

  private final MetricsStoreSettings settings;
  private final InstantSource clock;
  private final HeadFiles headFiles;

  /** Held by whoever changes anything, files included. */
  private final ReentrantLock writer = new ReentrantLock();

  /** Guards what readers see; held briefly, after {@link #writer} where both are. */
  private final ReentrantLock view = new ReentrantLock();

  private final Map<String, TenantSeries> tenants = new ConcurrentHashMap<>();
  private long nextRow;
  private long stampMillis;
  private volatile long durableRow;
  private boolean closed;

  private EmbeddedMetricsStore(
      Path directory, MetricsStoreSettings settings, InstantSource clock, StoreFiles files) {
    this.settings = settings;
    this.clock = clock;
    this.headFiles = new HeadFiles(directory.resolve("head"), files);
  }

  /**
   * Opens the store of a directory, or begins an empty one.
   *
   * @throws StoreException where a file cannot be read or is of a format version that is not known
   *     here. A damaged file is put aside and counted, and the rest served
   */
  public static EmbeddedMetricsStore open(
      Path directory, MetricsStoreSettings settings, InstantSource clock) {
    return open(directory, settings, clock, new StoreFiles());
  }

  static EmbeddedMetricsStore open(
      Path directory, MetricsStoreSettings settings, InstantSource clock, StoreFiles files) {
    EmbeddedMetricsStore store = new EmbeddedMetricsStore(directory, settings, clock, files);
    store.recover();
    return store;
  }

  private void recover() {
    headFiles.open(
        new HeadFile.Target() {
          @Override
          public void section(HeadFile.Section section, MetricsBatch batch) {
            tenant(batch.tenant()).restore(section, batch);
          }

          @Override
          public void stamp(long millis) {
            stampMillis = Math.max(stampMillis, millis);
          }
        });
    tenants.values().forEach(TenantSeries::markCommitted);
    nextRow = headFiles.row();
    durableRow = nextRow;
  }

  @Override
  public void apply(MetricsBatch batch, Position position) {
    writer.lock();
    try {
      checkOpen();
      long end = position.row() + batch.rows();
      if (end <= nextRow) {
        return;
      }
      view.lock();
      try {
        TenantSeries tenant = tenant(batch.tenant());
        tenant.apply(batch, Math.max(0, nextRow - position.row()));
        tenant.limit().tell(tenant.head(), position.stampMillis());
      } finally {
        view.unlock();
      }
      nextRow = end;
      stampMillis = Math.max(stampMillis, position.stampMillis());
    } finally {
      writer.unlock();
    }
  }

  @Override
  public long appliedUpTo() {
    return durableRow;
  }

  @Override
  public void commit() {
    writer.lock();
    try {
      checkOpen();
      if (nextRow != durableRow || headFiles.needsBase()) {
        writeHeadFile();
      }
    } finally {
      writer.unlock();
    }
  }

  private void writeHeadFile() {
    boolean all = headFiles.needsBase();
    HeadFile file = new HeadFile(stampMillis);
    for (TenantSeries tenant : tenants.values()) {
      file.series(tenant.tenant(), tenant.head(), all);
      file.annotations(tenant.tenant(), tenant.exemplars(), tenant.metadata(), all);
    }
    if (all) {
      headFiles.base(file.finish(), nextRow);
    } else {
      headFiles.delta(file.finish(), nextRow);
    }
    view.lock();
    try {
      tenants.values().forEach(TenantSeries::markCommitted);
    } finally {
      view.unlock();
    }
    durableRow = nextRow;
  }

  @Override
  public SeriesSource query(String tenant) {
    return new EmbeddedSeriesSource(tenant, this);
  }

  @Override
  public MetricsCapabilities capabilities() {
    return ALL;
  }

  /** What the store has counted so far. Thread-safe. */
  public MetricsStoreCounts counts() {
    view.lock();
    try {
      List<TenantSeries> all = List.copyOf(tenants.values());
      return new MetricsStoreCounts(
          all.stream().mapToLong(tenant -> tenant.head().size()).sum(),
          0,
          0,
          all.stream().mapToLong(TenantSeries::samples).sum(),
          all.stream().mapToLong(TenantSeries::conflicts).sum(),
          all.stream().mapToLong(tenant -> tenant.limit().dropped()).sum(),
          headFiles.damaged(),
          String.join(
              "; ",
              all.stream()
                  .map(tenant -> tenant.limit().message())
                  .filter(text -> !text.isEmpty())
                  .toList()));
    } finally {
      view.unlock();
    }
  }

  /** Commits and lets go of files; a second call does nothing. */
  @Override
  public void close() {
    writer.lock();
    try {
      if (!closed) {
        commit();
        closed = true;
      }
    } finally {
      writer.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreException("the metrics store is closed");
    }
  }

  private TenantSeries tenant(String name) {
    return tenants.computeIfAbsent(name, key -> new TenantSeries(key, settings));
  }

  /** The series that any of the matcher lists selects, as they are now; the caller closes it. */
  Snapshot snapshot(String name, List<List<Matcher>> matchers, long minMillis, long maxMillis) {
    TenantSeries tenant = tenants.get(name);
    if (tenant == null) {
      return Snapshot.EMPTY;
    }
    while (true) {
      Head head = tenant.head();
      int size = head.size();
      BitSet candidates = new BitSet();
      matchers.forEach(list -> candidates.or(head.candidates(list, size)));
      view.lock();
      try {
        if (head == tenant.head()) {
          addNewer(head, size, matchers, candidates);
          return Snapshot.of(List.of(entries(head, candidates, minMillis, maxMillis)), () -> {});
        }
      } finally {
        view.unlock();
      }
    }
  }

  /** Tests one by one the series that came while the postings were read. */
  private static void addNewer(
      Head head, int from, List<List<Matcher>> matchers, BitSet candidates) {
    for (int id = from; id < head.size(); id++) {
      Labels labels = head.series(id).labels();
      if (matchers.stream()
          .anyMatch(list -> list.stream().allMatch(matcher -> matcher.matches(labels)))) {
        candidates.set(id);
      }
    }
  }

  private static List<SeriesEntry> entries(Head head, BitSet ids, long minMillis, long maxMillis) {
    List<SeriesEntry> entries = new ArrayList<>(ids.cardinality());
    for (int id = ids.nextSetBit(0); id >= 0; id = ids.nextSetBit(id + 1)) {
      List<SamplePart> parts = head.series(id).parts();
      parts.removeIf(part -> !part.overlaps(minMillis, maxMillis));
      if (!parts.isEmpty()) {
        entries.add(new SeriesEntry(head.series(id).labels(), parts));
      }
    }
    return entries;
  }

  Map<Labels, List<Exemplar>> exemplars(
      String name, long minMillis, long maxMillis, List<List<Matcher>> matchers) {
    TenantSeries tenant = tenants.get(name);
    view.lock();
    try {
      return tenant == null ? Map.of() : tenant.exemplars().select(minMillis, maxMillis, matchers);
    } finally {
      view.unlock();
    }
  }

  Map<String, List<Metadata>> metadata(String name, String family, int limit) {
    TenantSeries tenant = tenants.get(name);
    view.lock();
    try {
      return tenant == null ? Map.of() : tenant.metadata().select(family, limit);
    } finally {
      view.unlock();
    }
  }
}
