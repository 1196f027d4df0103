package dev.sextant.storage.block;

import dev.sextant.storage.Position;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.file.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.document.Document;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rows of one signal in blocks. Rows go into an open block of their stream in heap, where
 * queries find them at once; a block that is full, old or in the way closes and becomes one Lucene
 * document in the partition of the day, or of the hour where days are large, in which its rows
 * arrived.
 *
 * <p>Durability is the journal's: a crash loses what the last commit does not hold, and replay from
 * {@link #appliedUpTo()} brings it back. A stream's blocks fill in the order of rows, so the
 * largest last row of a stream among stored blocks tells which of its rows a replay must skip.
 *
 * <p>A Lucene writer that a failure closed is opened again from its last commit, and the blocks
 * that were closed since then, which are kept until a commit holds them, are added again: nothing
 * has to be replayed while the process lives.
 *
 * <p>Locks, in the order in which they may be taken: commit, write, state. Queries take the last
 * one only, and briefly.
 */
public final class BlockStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BlockStore.class);
  private static final long REFRESH_BYTES = 16L << 20;

  private final Path root;
  private final BlockSchema schema;
  private final BlockSettings settings;
  private final InstantSource clock;
  private final BlockCounters counters = new BlockCounters();
  private final ReentrantLock commitLock = new ReentrantLock();
  private final ReentrantLock writeLock = new ReentrantLock();
  private final Object stateLock = new Object();
  private final OpenBlocks blocks;
  private final Partitions partitions;
  private final Retention retention;
  private final JournalStamps stamps;
  private final BlockRow row;
  private final BlockWriter writer;
  private final Snapshots snapshots;
  private final Merging merging;
  private final @Nullable Sealing sealing;
  private final @Nullable Maintenance maintenance;
  private volatile @Nullable OpenPartition current;

  /** Whether the last 24 hours took so many bytes that the next partition is one of an hour. */
  private volatile boolean hourly;

  /** At the last commit. */
  private volatile long diskBytes;

  private long nextRow;
  private volatile boolean closed;

  private BlockStore(
      Path root,
      BlockLayout layout,
      BlockSettings settings,
      InstantSource clock,
      DirectoryOpener opener)
      throws IOException {
    this.root = root;
    this.schema = layout.schema();
    this.settings = settings;
    this.clock = clock;
    this.blocks = new OpenBlocks(schema, settings);
    this.row = new BlockRow(schema);
    this.partitions = new Partitions(layout, root, opener, settings.openPartitions(), counters);
    Optional<OpenPartition> writable = partitions.open();
    CommitData data = partitions.newestCommit();
    this.nextRow = data.rowsUpTo();
    this.stamps = new JournalStamps(settings.clockTolerance(), data.stamps());
    this.writer =
        new BlockWriter(
            layout, blocks, stateLock, counters, clock, () -> stamps.state().newest(), nextRow);
    RunLayout runs = layout.runs();
    this.sealing = runs == null ? null : new Sealing(layout, runs, settings, partitions, counters);
    this.merging = new Merging(schema, partitions, stateLock, sealing, this::betweenSteps);
    this.snapshots = new Snapshots(layout, blocks, partitions, stateLock);
    this.retention = new Retention(schema, settings, clock, partitions, stateLock, counters);
    this.current = writable.orElse(null);
    blocks.skipUpTo(partitions.recovered());
    this.maintenance =
        settings.background() ? Maintenance.start(schema.signal(), this::maintain) : null;
  }

  /**
   * Opens a signal's directory, which need not exist.
   *
   * @throws StoreException where a partition's format is unknown or the directory cannot be used; a
   *     damaged partition is put aside instead
   */
  public static BlockStore open(
      Path root, BlockLayout layout, BlockSettings settings, InstantSource clock) {
    return open(root, layout, settings, clock, FSDirectory::open);
  }

  static BlockStore open(
      Path root,
      BlockLayout layout,
      BlockSettings settings,
      InstantSource clock,
      DirectoryOpener opener) {
    try {
      return new BlockStore(root, layout, settings, clock, opener);
    } catch (IOException e) {
      throw new StoreException(
          "%s: cannot open %s: %s".formatted(layout.schema().signal(), root, e.getMessage()), e);
    }
  }

  /** Gives a batch's rows to an appender. */
  @FunctionalInterface
  public interface RowFeed {
    void feed(BlockAppender appender);
  }

  /**
   * Takes a batch's rows; those that are there already are skipped. Called by one thread at a time,
   * in the journal's order.
   *
   * @throws StoreException where blocks cannot be written and heap is full, or a new partition
   *     cannot be made; none of the rows was taken then, and the same batch may be offered again
   */
  public void apply(String tenant, Position position, int rows, RowFeed feed) {
    long end = position.row() + rows;
    if (end <= nextRow) {
      return;
    }
    openPartition(position.stampMillis());
    writeLock.lock();
    try {
      refuseWhenFull();
      long now = clock.millis();
      synchronized (stateLock) {
        take(new BlockAppender(blocks, row, tenant, nextRow, now), feed, end);
        blocks.forgetBelow(nextRow);
        blocks.closeOpenedBy(now - settings.blockAge().toMillis());
        blocks.closeOverLimit();
      }
      stamps.add(position.stampMillis());
      writeSoon();
    } finally {
      writeLock.unlock();
    }
    if (maintenance == null || writer.uncommittedBytes() > 2 * settings.commitBytes()) {
      commitWhenDue();
    }
  }

  /** Where the feed fails half-way, the rows that it gave are there and will not be taken again. */
  private void take(BlockAppender appender, RowFeed feed, long end) {
    boolean whole = false;
    try {
      feed.feed(appender);
      whole = true;
    } finally {
      nextRow = whole ? end : Math.max(nextRow, appender.takenUpTo());
    }
  }

  /** Blocks that could not be written must not fill the heap. */
  private void refuseWhenFull() {
    long limit = 2 * settings.openBytes();
    if (blocks.bytes() <= limit) {
      return;
    }
    try {
      writeClosed();
      refresh();
    } catch (IOException e) {
      throw failed("blocks cannot be written and open-block-bytes is used up twice", e);
    }
  }

  private void writeSoon() {
    try {
      writeClosed();
      if (blocks.closedBytes() > REFRESH_BYTES) {
        refresh();
      }
    } catch (IOException e) {
      LOG.warn("{}: closed blocks stay in heap, because writing failed", schema.signal(), e);
    }
  }

  private void writeClosed() throws IOException {
    OpenPartition target = current;
    if (target != null) {
      writer.writeClosed(target);
    }
  }

  private void refresh() throws IOException {
    OpenPartition target = current;
    if (target != null) {
      writer.refresh(target);
    }
  }

  /** Makes sure that the partition of a stamp is the one written to. */
  private void openPartition(long stampMillis) {
    PartitionName wanted =
        hourly ? PartitionName.ofHour(stampMillis) : PartitionName.ofDay(stampMillis);
    OpenPartition before = current;
    if (before != null && before.name().compareTo(wanted) >= 0) {
      return;
    }
    commitLock.lock();
    writeLock.lock();
    try {
      if (before != null) {
        synchronized (stateLock) {
          blocks.closeAll();
        }
        writer.writeClosed(before);
        writer.refresh(before);
        writer.commit(before, new CommitData(nextRow, stamps.state(), true));
      }
      OpenPartition next =
          partitions.create(wanted, new CommitData(nextRow, stamps.state(), false));
      synchronized (stateLock) {
        partitions.add(next);
        current = next;
      }
    } catch (IOException e) {
      throw failed("cannot begin partition " + wanted.name(), e);
    } finally {
      writeLock.unlock();
      commitLock.unlock();
    }
  }

  /** See {@link dev.sextant.storage.Store#appliedUpTo()}. */
  public long appliedUpTo() {
    return writer.appliedUpTo();
  }

  /**
   * Closes every open block and makes all rows durable, so that {@link #appliedUpTo()} reaches the
   * last.
   */
  public void commit() {
    commit(true);
  }

  private void commit(boolean closeAll) {
    commitLock.lock();
    try {
      BlockWriter.Pending pending = prepareCommit(closeAll);
      if (pending == null) {
        return;
      }
      boolean synced = writer.sync(pending);
      writeLock.lock();
      try {
        writer.finish(pending, synced);
      } finally {
        writeLock.unlock();
      }
      long dayAgo = stamps.state().newest() - Duration.ofDays(1).toMillis();
      hourly = partitions.bytesSince(dayAgo) >= settings.dayBytes();
      diskBytes = partitions.bytesSince(Long.MIN_VALUE);
    } catch (IOException e) {
      throw failed("the commit failed", e);
    } finally {
      commitLock.unlock();
    }
  }

  private BlockWriter.@Nullable Pending prepareCommit(boolean closeAll) throws IOException {
    writeLock.lock();
    try {
      OpenPartition target = current;
      if (target == null) {
        return null;
      }
      if (closeAll) {
        synchronized (stateLock) {
          blocks.closeAll();
        }
      }
      writer.writeClosed(target);
      return writer.prepare(target, new CommitData(oldestOpenRow(), stamps.state(), false));
    } finally {
      writeLock.unlock();
    }
  }

  private long oldestOpenRow() {
    synchronized (stateLock) {
      return blocks.oldestRow(nextRow);
    }
  }

  private void commitWhenDue() {
    boolean due;
    writeLock.lock();
    try {
      due =
          writer.uncommittedBytes() >= settings.commitBytes()
              || clock.millis() - writer.lastCommitMillis() >= settings.commitInterval().toMillis();
    } finally {
      writeLock.unlock();
    }
    if (due) {
      try {
        commit(false);
      } catch (StoreException e) {
        LOG.warn("{}: will be tried again: {}", schema.signal(), e.getMessage(), e);
      }
    }
  }

  /**
   * Does what is due: closes old blocks, shows closed ones to readers, commits, seals, merges
   * partitions whose time is over, drops what is past its retention. The store's own thread calls
   * it each second.
   */
  public void maintain() {
    if (!closeAndCommit()) {
      return;
    }
    seal();
    merging.mergeAllBut(current);
    retention.dropOne(stamps.state(), stamps.agreesWith(clock.millis()), diskBytes);
  }

  /** Closes and commits what is due; false where the store is closed. */
  private boolean closeAndCommit() {
    writeLock.lock();
    try {
      if (closed) {
        return false;
      }
      synchronized (stateLock) {
        blocks.closeOpenedBy(clock.millis() - settings.blockAge().toMillis());
      }
      writeSoon();
    } finally {
      writeLock.unlock();
    }
    commitWhenDue();
    return true;
  }

  /** Writes closed blocks of the current partition anew, as many runs as they make. */
  private void seal() {
    OpenPartition target = current;
    if (sealing == null || target == null) {
      return;
    }
    try {
      boolean more = true;
      while (more) {
        more =
            sealing.sealOne(
                target,
                writer.appliedUpTo(),
                false,
                this::betweenSteps,
                (old, documents) -> exchange(target, old, documents));
      }
    } catch (CancellationException e) {
      LOG.debug("{}: sealing ends because the store is closed", schema.signal());
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}: sealing failed and will be tried again", schema.signal(), e);
    }
  }

  private boolean exchange(OpenPartition target, Query old, List<Document> documents)
      throws IOException {
    commitLock.lock();
    try {
      if (closed || current != target) {
        return false;
      }
      writeLock.lock();
      try {
        writer.makeReady(target);
      } finally {
        writeLock.unlock();
      }
      writer.exchange(target, old, documents);
      writeLock.lock();
      try {
        writer.exchanged(target);
      } finally {
        writeLock.unlock();
      }
      return true;
    } finally {
      commitLock.unlock();
    }
  }

  /**
   * Called by long work of the store's own thread every few milliseconds: lets others at the
   * processor, and sees to what is due each second.
   *
   * @throws CancellationException where the store is closed
   */
  private void betweenSteps() {
    Maintenance thread = maintenance;
    if (closed) {
      throw new CancellationException();
    }
    if (thread != null && thread.pauses()) {
      closeAndCommit();
    }
  }

  /** The blocks that may hold what a query looks for. Thread-safe; close it. */
  public BlockSnapshot snapshot(BlockQuery query) {
    BlockSnapshot snapshot = new BlockSnapshot();
    try {
      snapshots.take(query, snapshot);
      return snapshot;
    } catch (IOException e) {
      snapshot.close();
      throw failed("the query cannot read", e);
    } catch (RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }

  /** See {@link dev.sextant.storage.Snapshotting#snapshot}: what the last commits hold. */
  public void snapshot(Path target) {
    try {
      Disk.local().createDirectories(target);
      for (Partition partition : partitions.all()) {
        String name = partition.name().name();
        PartitionSnapshot.take(root.resolve(name), target.resolve(name));
      }
      Disk.local().syncDirectory(target);
    } catch (IOException e) {
      throw failed("no snapshot could be written to " + target, e);
    }
  }

  private StoreException failed(String what, Exception cause) {
    return new StoreException(
        "%s: %s: %s".formatted(schema.signal(), what, cause.getMessage()), cause);
  }

  public BlockCounters counters() {
    return counters;
  }

  /** How many sealed partitions have files open. */
  public long openPartitions() {
    return partitions.openCount();
  }

  /** Commits and lets go of files. Snapshots that are open stay valid. */
  @Override
  public void close() {
    writeLock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      writeLock.unlock();
    }
    try {
      commit();
    } finally {
      merging.abort(current);
      if (maintenance != null) {
        maintenance.stop();
      }
      closePartitions();
    }
  }

  private void closePartitions() {
    try {
      partitions.close();
    } catch (IOException e) {
      throw failed("closing failed", e);
    }
  }
}
