package dev.sextant.storage.block;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands closed blocks to the Lucene writer of a partition and keeps them until a commit holds them.
 * A writer that failed is opened again from its last commit, and those blocks are added again.
 *
 * <p>Every method but {@link #sync} is called under the store's write lock.
 */
final class BlockWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BlockWriter.class);

  private final BlockLayout layout;
  private final OpenBlocks blocks;
  private final Object stateLock;
  private final BlockCounters counters;
  private final InstantSource clock;
  private final LongSupplier newestStamp;
  private final List<EncodedBlock> uncommitted = new ArrayList<>();
  private volatile long uncommittedBytes;
  private volatile long appliedUpTo;
  private long lastCommitMillis;

  /**
   * Whether the writer may lack blocks that are not committed, because adding them again failed.
   */
  private boolean incomplete;

  /** Whether blocks were exchanged for a run that no commit holds. */
  private boolean exchanged;

  BlockWriter(
      BlockLayout layout,
      OpenBlocks blocks,
      Object stateLock,
      BlockCounters counters,
      InstantSource clock,
      LongSupplier newestStamp,
      long appliedUpTo) {
    this.layout = layout;
    this.blocks = blocks;
    this.stateLock = stateLock;
    this.counters = counters;
    this.clock = clock;
    this.newestStamp = newestStamp;
    this.appliedUpTo = appliedUpTo;
    this.lastCommitMillis = clock.millis();
  }

  /** Rows below this are in committed blocks. */
  long appliedUpTo() {
    return appliedUpTo;
  }

  /** Payload, before compression, of blocks that no commit holds. */
  long uncommittedBytes() {
    return uncommittedBytes;
  }

  long lastCommitMillis() {
    return lastCommitMillis;
  }

  /** Hands over every closed block. */
  void writeClosed(OpenPartition target) throws IOException {
    HeapBlock block;
    while ((block = nextUnwritten()) != null) {
      EncodedBlock encoded = BlockEncoder.encode(block, layout, newestStamp.getAsLong());
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

  /** Lets readers see every block that was handed over, and heap forget it, in one moment. */
  void refresh(OpenPartition target) throws IOException {
    withWriter(target, () -> target.refresh(stateLock, blocks::removeWritten));
  }

  /** Something that is done with a writer, and can be done again with another. */
  private interface Work {
    void run() throws IOException;
  }

  /**
   * Where the writer is closed or fails, it is opened again and the work done once more. A writer
   * that a merge closes meanwhile says so by an {@link IllegalStateException}.
   */
  private void withWriter(OpenPartition target, Work work) throws IOException {
    if (target.writer().isOpen() && !incomplete) {
      try {
        work.run();
        return;
      } catch (IOException | IllegalStateException e) {
        LOG.warn("{}: the writer of {} failed", layout.schema().signal(), target.name().name(), e);
      }
    }
    try {
      reopen(target);
      work.run();
    } catch (IllegalStateException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Opens the writer again if a failure closed it. */
  void makeReady(OpenPartition target) throws IOException {
    if (!target.writer().isOpen() || incomplete) {
      reopen(target);
    }
  }

  /**
   * Puts a run into the place of its blocks, which a commit holds. Called under the store's commit
   * lock, not under its write lock. Where the writer fails, the blocks are there as before.
   */
  void exchange(OpenPartition target, Query old, List<Document> documents) throws IOException {
    try {
      target.replace(old, documents);
    } catch (IllegalStateException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Lets readers see a run; called under the write lock, once it was exchanged. */
  void exchanged(OpenPartition target) throws IOException {
    exchanged = true;
    refresh(target);
  }

  private void reopen(OpenPartition target) throws IOException {
    incomplete = true;
    exchanged = false;
    target.reopenWriter();
    Map<StreamKey, Long> committed = target.lastRows(appliedUpTo);
    for (EncodedBlock block : uncommitted) {
      if (committed.getOrDefault(block.stream(), -1L) < block.lastRow()) {
        target.add(block);
      }
    }
    incomplete = false;
    counters.reopened.increment();
    LOG.info(
        "{}: partition {} is written again from its last commit",
        layout.schema().signal(),
        target.name().name());
  }

  /** Commits while no other thread writes. */
  void commit(OpenPartition target, CommitData data) throws IOException {
    withWriter(target, () -> target.commit(data));
    committed(data, uncommitted.size());
  }

  /**
   * A commit that was begun under the write lock, to be synced without it.
   *
   * @param writer the one that holds the first {@code added} uncommitted blocks. Where rows that
   *     arrive meanwhile find it failed and open another, that one's commit is not this one
   */
  record Pending(OpenPartition target, IndexWriter writer, CommitData data, int added) {}

  /** Begins a commit; null where the last one says the same. */
  @Nullable Pending prepare(OpenPartition target, CommitData data) throws IOException {
    if (uncommitted.isEmpty() && !exchanged && data.rowsUpTo() == appliedUpTo) {
      lastCommitMillis = clock.millis();
      return null;
    }
    withWriter(target, () -> target.prepare(data));
    exchanged = false;
    return new Pending(target, target.writer(), data, uncommitted.size());
  }

  /** Makes the blocks of a commit durable while others are added; false where that failed. */
  boolean sync(Pending pending) {
    try {
      pending.writer().commit();
      return true;
    } catch (IOException | IllegalStateException e) {
      LOG.warn("{}: a commit failed and is made anew", layout.schema().signal(), e);
      return false;
    }
  }

  /**
   * Ends a commit; one that failed is made anew from the blocks in heap. A failed sync is never
   * repeated on its files.
   */
  void finish(Pending pending, boolean synced) throws IOException {
    if (synced) {
      committed(pending.data(), pending.added());
    } else {
      reopen(pending.target());
      commit(pending.target(), pending.data());
    }
    refresh(pending.target());
  }

  private void committed(CommitData data, int blocksInside) {
    uncommitted.subList(0, blocksInside).clear();
    uncommittedBytes = uncommitted.stream().mapToLong(EncodedBlock::payloadBytes).sum();
    appliedUpTo = data.rowsUpTo();
    lastCommitMillis = clock.millis();
  }
}
