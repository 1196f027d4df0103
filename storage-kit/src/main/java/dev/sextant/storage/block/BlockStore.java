package dev.sextant.storage.block;

import dev.sextant.storage.Position;
import dev.sextant.storage.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rows of one signal in blocks. Rows go into an open block of their stream in heap, where
 * queries find them at once; a block that is full, old or in the way closes and becomes one Lucene
 * document in the partition of the day on which its rows arrived.
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

  private final BlockSchema schema;
  private final BlockSettings settings;
  private final BlockIndexer indexer;
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
  private final List<EncodedBlock> uncommitted = new ArrayList<>();
  private final @Nullable Maintenance maintenance;
  private volatile @Nullable OpenPartition current;
  private long nextRow;
  private volatile long uncommittedBytes;
  private long lastCommitMillis;
  private volatile long appliedUpTo;
  private volatile boolean closed;

  private BlockStore(
      Path root,
      BlockSchema schema,
      BlockIndexer indexer,
      BlockSettings settings,
      InstantSource clock,
      DirectoryOpener opener)
      throws IOException {
    this.schema = schema;
    this.settings = settings;
    this.indexer = indexer;
    this.clock = clock;
    this.blocks = new OpenBlocks(schema, settings);
    this.row = new BlockRow(schema);
    this.partitions = new Partitions(schema, root, opener, settings.openPartitions(), counters);
    Optional<OpenPartition> writable = partitions.open();
    CommitData data = partitions.newestCommit();
    this.nextRow = data.rowsUpTo();
    this.appliedUpTo = nextRow;
    this.stamps = new JournalStamps(settings.clockTolerance(), data.stamps());
    this.retention = new Retention(schema, settings, clock, partitions, stateLock, counters);
    this.current = writable.orElse(null);
    blocks.skipUpTo(partitions.recovered());
    this.lastCommitMillis = clock.millis();
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
      Path root,
      BlockSchema schema,
      BlockIndexer indexer,
      BlockSettings settings,
      InstantSource clock) {
    return open(root, schema, indexer, settings, clock, FSDirectory::open);
  }

  static BlockStore open(
      Path root,
      BlockSchema schema,
      BlockIndexer indexer,
      BlockSettings settings,
      InstantSource clock,
      DirectoryOpener opener) {
    try {
      return new BlockStore(root, schema, indexer, settings, clock, opener);
    } catch (IOException e) {
      throw new StoreException(
          "%s: cannot open %s: %s".formatted(schema.signal(), root, e.getMessage()), e);
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
    if (maintenance == null || uncommittedBytes > 2 * settings.commitBytes()) {
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

  /** Hands closed blocks to the writer. Under the write lock. */
  private void writeClosed() throws IOException {
    OpenPartition target = current;
    if (target == null) {
      return;
    }
    HeapBlock block;
    while ((block = nextUnwritten()) != null) {
      EncodedBlock encoded = BlockEncoder.encode(block, indexer);
      withWriter(target, () -> target.add(encoded));
      uncommitted.add(encoded);
      uncommittedBytes += encoded.payloadBytes();
      counters.blocks.increment();
      synchronized (stateLock) {
        block.written = true;
      }
    }
  }

  private @Nullable HeapBlock nextUnwritten() {
    synchronized (stateLock) {
      return blocks.nextUnwritten();
    }
  }

  /** Something that is done with a writer, and can be done again with another. */
  private interface Work {
    void run() throws IOException;
  }

  /** Where the writer is closed or fails, it is opened again and the work done once more. */
  private void withWriter(OpenPartition target, Work work) throws IOException {
    if (target.writer().isOpen()) {
      try {
        work.run();
        return;
      } catch (IOException | AlreadyClosedException e) {
        LOG.warn("{}: the writer of {} failed", schema.signal(), target.name().name(), e);
      }
    }
    try {
      reopen(target);
      work.run();
    } catch (AlreadyClosedException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** After a failure: a writer from the last commit, and again what was added since. */
  private void reopen(OpenPartition target) throws IOException {
    target.reopenWriter();
    var committed = target.lastRows(appliedUpTo);
    for (EncodedBlock block : uncommitted) {
      if (committed.getOrDefault(block.stream(), -1L) < block.lastRow()) {
        target.add(block);
      }
    }
    counters.reopened.increment();
    LOG.info(
        "{}: partition {} is written again from its last commit",
        schema.signal(),
        target.name().name());
  }

  private void refresh() throws IOException {
    OpenPartition target = current;
    if (target != null) {
      refresh(target);
    }
  }

  private void refresh(OpenPartition target) throws IOException {
    withWriter(target, () -> target.refresh(stateLock, blocks::removeWritten));
  }

  /** Makes sure that the partition of a stamp is the one written to. */
  private void openPartition(long stampMillis) {
    PartitionName wanted = PartitionName.ofDay(stampMillis);
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
        writeClosed();
        refresh(before);
        commit(before, new CommitData(nextRow, stamps.state(), true));
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

  /** Commits while no other thread writes. */
  private void commit(OpenPartition target, CommitData data) throws IOException {
    withWriter(target, () -> target.commit(data));
    committed(data, uncommitted.size());
  }

  private void committed(CommitData data, int blocksInside) {
    uncommitted.subList(0, blocksInside).clear();
    uncommittedBytes = uncommitted.stream().mapToLong(EncodedBlock::payloadBytes).sum();
    appliedUpTo = data.rowsUpTo();
    lastCommitMillis = clock.millis();
  }

  /** See {@link dev.sextant.storage.Store#appliedUpTo()}. */
  public long appliedUpTo() {
    return appliedUpTo;
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
      OpenPartition target;
      IndexWriter writer;
      CommitData data;
      int added;
      writeLock.lock();
      try {
        target = current;
        if (target == null) {
          return;
        }
        synchronized (stateLock) {
          if (closeAll) {
            blocks.closeAll();
          }
        }
        writeClosed();
        data = new CommitData(oldestOpenRow(), stamps.state(), false);
        added = uncommitted.size();
        if (added == 0 && data.rowsUpTo() == appliedUpTo) {
          lastCommitMillis = clock.millis();
          return;
        }
        writer = target.prepare(data);
      } finally {
        writeLock.unlock();
      }
      commitOutside(target, writer, data, added);
    } catch (IOException e) {
      throw failed("the commit failed", e);
    } finally {
      commitLock.unlock();
    }
  }

  /**
   * Syncs files while rows go on arriving.
   *
   * @param writer the one that holds the first {@code added} uncommitted blocks; where rows that
   *     arrive meanwhile find it failed and open another, that one's commit is not this one
   */
  private void commitOutside(OpenPartition target, IndexWriter writer, CommitData data, int added)
      throws IOException {
    boolean done = false;
    try {
      writer.commit();
      done = true;
    } catch (IOException | AlreadyClosedException e) {
      LOG.warn("{}: a commit failed and is made anew", schema.signal(), e);
    }
    writeLock.lock();
    try {
      if (done) {
        committed(data, added);
      } else {
        reopen(target);
        commit(target, data);
      }
      refresh(target);
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
          uncommittedBytes >= settings.commitBytes()
              || clock.millis() - lastCommitMillis >= settings.commitInterval().toMillis();
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
   * Does what is due: closes old blocks, shows closed ones to readers, commits, merges sealed
   * partitions, drops what is past its retention. The store's own thread calls it each second.
   */
  public void maintain() {
    writeLock.lock();
    try {
      if (closed) {
        return;
      }
      synchronized (stateLock) {
        blocks.closeOpenedBy(clock.millis() - settings.blockAge().toMillis());
      }
      writeSoon();
    } finally {
      writeLock.unlock();
    }
    commitWhenDue();
    mergeSealed();
    retention.dropOne(stamps.state(), stamps.agreesWith(clock.millis()));
  }

  private void mergeSealed() {
    for (Partition partition : partitions.all()) {
      if (partition instanceof OpenPartition open && open != current) {
        try {
          open.merge();
        } catch (IOException | RuntimeException e) {
          LOG.warn("{}: partition {} stays unmerged", schema.signal(), partition.name().name(), e);
        }
        synchronized (stateLock) {
          partitions.replace(open, partitions.sealed(open));
        }
        release(open);
        clean(open.name());
      }
    }
  }

  private void clean(PartitionName name) {
    try {
      partitions.clean(name);
    } catch (IOException e) {
      LOG.warn("{}: partition {} keeps files that it does not need", schema.signal(), name, e);
    }
  }

  private void release(Partition partition) {
    try {
      partition.release();
    } catch (IOException e) {
      LOG.warn("{}: closing {} failed", schema.signal(), partition.name().name(), e);
    }
  }

  /** The blocks that may hold what a query looks for. Thread-safe; close it. */
  public BlockSnapshot snapshot(BlockQuery query) {
    BlockSnapshot snapshot = new BlockSnapshot();
    BlockFinder finder = new BlockFinder(schema, query);
    try {
      List<Partition> sealed = new ArrayList<>();
      List<OpenReader> open = new ArrayList<>();
      synchronized (stateLock) {
        addHeap(query, snapshot);
        for (Partition partition : partitions.all()) {
          if (partition instanceof OpenPartition) {
            DirectoryReader reader = partition.acquire();
            snapshot.hold(reader);
            open.add(new OpenReader(partition, reader));
          } else {
            sealed.add(partition);
          }
        }
      }
      for (OpenReader each : open) {
        finder.addBlocks(each.partition().name().name(), each.reader(), snapshot);
      }
      for (Partition partition : sealed) {
        addSealed((SealedPartition) partition, finder, snapshot);
      }
      return snapshot;
    } catch (IOException e) {
      snapshot.close();
      throw failed("the query cannot read", e);
    } catch (RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }

  private record OpenReader(Partition partition, DirectoryReader reader) {}

  private void addHeap(BlockQuery query, BlockSnapshot snapshot) {
    for (HeapBlock block : blocks.all()) {
      if (query.wants(block.stream) && block.overlaps(query.range())) {
        snapshot.add(new HeapRef(block.view()));
      }
    }
  }

  private void addSealed(SealedPartition partition, BlockFinder finder, BlockSnapshot snapshot)
      throws IOException {
    DirectoryReader reader;
    try {
      reader = partitions.acquire(partition);
    } catch (PartitionDroppedException e) {
      LOG.debug("{}: {}", schema.signal(), e.getMessage());
      return;
    } catch (CorruptIndexException | NoSuchFileException | EOFException e) {
      synchronized (stateLock) {
        if (!partitions.all().contains(partition)) {
          return;
        }
        partitions.remove(partition);
      }
      partition.drop();
      partitions.quarantine(partition.name(), e);
      return;
    }
    snapshot.hold(reader);
    finder.addBlocks(partition.name().name(), reader, snapshot);
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
      abortMerges();
      if (maintenance != null) {
        maintenance.stop();
      }
      closePartitions();
    }
  }

  private void abortMerges() {
    for (Partition partition : partitions.all()) {
      if (partition instanceof OpenPartition && partition != current) {
        release(partition);
      }
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
