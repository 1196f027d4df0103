package dev.sextant.metrics.embedded;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsCapabilities;
import dev.sextant.metrics.MetricsStore;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.storage.Position;
import dev.sextant.storage.Snapshotting;
import dev.sextant.storage.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
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
public final class EmbeddedMetricsStore implements MetricsStore, Snapshotting {
  private static final MetricsCapabilities ALL =
      new MetricsCapabilities(true, true, true, true, true);

  private static final long UNKNOWN = Long.MIN_VALUE;

  /** Rows after which an apply looks how large the heads have become. */
  private static final int WEIGH_EVERY = 250_000;

  private final MetricsStoreSettings settings;
  private final InstantSource clock;
  private final Path directory;
  private final Path blockDirectory;
  private final StoreFiles files;
  private final HeadFiles headFiles;
  private final BlockUpkeep upkeep;

  /** Held by whoever changes anything, files included. */
  private final ReentrantLock writer = new ReentrantLock();

  /** Guards what readers see; held briefly, after {@link #writer} where both are. */
  private final ReentrantLock view = new ReentrantLock();

  private final Map<String, TenantSeries> tenants = new ConcurrentHashMap<>();
  private long nextRow;
  private long stampMillis;
  private long flushedRow;
  private long flushedMillis = UNKNOWN;
  private long rowsUnweighed;
  private volatile long durableRow;
  private boolean closed;

  private EmbeddedMetricsStore(
      Path directory, MetricsStoreSettings settings, InstantSource clock, StoreFiles files) {
    this.settings = settings;
    this.clock = clock;
    this.files = files;
    this.directory = directory;
    this.blockDirectory = directory.resolve("blocks");
    this.upkeep = new BlockUpkeep(settings);
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
    try {
      store.recover();
    } catch (RuntimeException failure) {
      store.tenants.values().forEach(tenant -> tenant.blocks().close());
      throw failure;
    }
    return store;
  }

  private void recover() {
    files.createDirectories(blockDirectory);
    for (Path tenant : files.list(blockDirectory)) {
      tenant(TenantDirectory.tenant(tenant.getFileName().toString())).blocks().open();
    }
    headFiles.open(
        new HeadFile.Target() {
          @Override
          public void section(HeadFile.Section section, MetricsBatch batch) {
            tenant(batch.tenant()).restore(section, batch);
          }

          @Override
          public void stamp(long millis) {
            stampMillis = Math.max(stampMillis, millis);
            flushedMillis = flushedMillis == UNKNOWN ? millis : flushedMillis;
          }
        });
    tenants.values().forEach(TenantSeries::markCommitted);
    nextRow = headFiles.row();
    flushedRow = headFiles.baseRow();
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
      flushedMillis = flushedMillis == UNKNOWN ? stampMillis : flushedMillis;
      rowsUnweighed += batch.rows();
      if (rowsUnweighed >= WEIGH_EVERY && isHeadLarge()) {
        commit();
      }
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
      if (isFlushDue()) {
        flush();
      } else if (nextRow != durableRow || headFiles.needsBase()) {
        writeHeadFile();
      }
      upkeep.run(tenants.values(), clock.millis(), stampMillis);
    } finally {
      writer.unlock();
    }
  }

  private boolean isFlushDue() {
    long span = settings.headSpan().toMillis();
    boolean old = flushedMillis != UNKNOWN && stampMillis / span > flushedMillis / span;
    return nextRow > flushedRow && (old || isHeadLarge());
  }

  private boolean isHeadLarge() {
    rowsUnweighed = 0;
    return tenants.values().stream().mapToLong(tenant -> tenant.head().sampleBytes()).sum()
        > settings.headBytes();
  }

  /**
   * Moves all samples from the heads to blocks. Until the new base is durable the old head files
   * stand for the same samples, and a crash between leaves both: equal samples, of which a reader
   * sees one.
   */
  private void flush() {
    Map<TenantSeries, HeadFlush> flushes = new HashMap<>();
    Map<TenantSeries, Head> heads = new HashMap<>();
    HeadFile file = new HeadFile(stampMillis);
    try {
      for (TenantSeries tenant : tenants.values()) {
        HeadFlush flush = new HeadFlush(tenant.blocks());
        flushes.put(tenant, flush);
        flush.run(tenant.tenant(), tenant.head(), flushedRow, nextRow);
        Head next = tenant.head().withoutSamples();
        heads.put(tenant, next);
        file.series(tenant.tenant(), next, true);
        file.annotations(tenant.tenant(), tenant.exemplars(), tenant.metadata(), true);
      }
      headFiles.base(file.finish(), nextRow);
    } catch (RuntimeException failure) {
      flushes.values().forEach(HeadFlush::undo);
      throw failure;
    }
    view.lock();
    try {
      flushes.forEach((tenant, flush) -> tenant.blocks().publish(flush.written(), List.of()));
      heads.forEach(TenantSeries::replaceHead);
      tenants.values().forEach(TenantSeries::markCommitted);
    } finally {
      view.unlock();
    }
    flushes.forEach((tenant, flush) -> tenant.countConflicts(flush.conflicts()));
    durableRow = nextRow;
    flushedRow = nextRow;
    flushedMillis = stampMillis;
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
    return new EmbeddedSeriesSource(() -> tenants.get(tenant), view);
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
          all.stream().mapToLong(tenant -> tenant.blocks().all().size()).sum(),
          all.stream()
              .flatMap(tenant -> tenant.blocks().all().stream())
              .mapToLong(Block::bytes)
              .sum(),
          all.stream().mapToLong(TenantSeries::samples).sum(),
          all.stream().mapToLong(TenantSeries::conflicts).sum(),
          all.stream().mapToLong(tenant -> tenant.limit().dropped()).sum(),
          headFiles.damaged() + all.stream().mapToLong(tenant -> tenant.blocks().damaged()).sum(),
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
        tenants.values().forEach(tenant -> tenant.blocks().close());
        closed = true;
      }
    } finally {
      writer.unlock();
    }
  }

  @Override
  public void snapshot(Path target) {
    writer.lock();
    try {
      files.linkTree(directory, target);
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
    return tenants.computeIfAbsent(
        name,
        key ->
            new TenantSeries(
                key,
                settings,
                new BlockSet(blockDirectory.resolve(TenantDirectory.name(key)), files, view)));
  }
}
