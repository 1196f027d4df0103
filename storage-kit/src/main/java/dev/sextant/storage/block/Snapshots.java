package dev.sextant.storage.block;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots. What is in heap and what a reader of an open partition sees are taken in one
 * moment, under the state lock, under which a block's change from one to the other happens too: so
 * a row is never in both and never in neither. Sealed partitions do not change and are opened
 * after.
 */
final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final BlockLayout layout;
  private final OpenBlocks blocks;
  private final Partitions partitions;
  private final Object stateLock;
  private final RunCache runCache = new RunCache();

  Snapshots(BlockLayout layout, OpenBlocks blocks, Partitions partitions, Object stateLock) {
    this.layout = layout;
    this.blocks = blocks;
    this.partitions = partitions;
    this.stateLock = stateLock;
  }

  private record OpenReader(PartitionName name, DirectoryReader reader) {}

  /** Adds the blocks that may hold what a query looks for, and all runs of its tenant. */
  void take(BlockQuery query, BlockSnapshot snapshot) throws IOException {
    BlockFinder finder = new BlockFinder(layout, query);
    List<SealedPartition> sealed = new ArrayList<>();
    List<OpenReader> open = new ArrayList<>();
    synchronized (stateLock) {
      addHeap(query, snapshot);
      for (Partition partition : partitions.all()) {
        if (partition instanceof SealedPartition each) {
          sealed.add(each);
        } else {
          DirectoryReader reader = partition.acquire();
          snapshot.hold(reader);
          open.add(new OpenReader(partition.name(), reader));
        }
      }
    }
    for (OpenReader each : open) {
      addStored(query, each.name(), each.reader(), finder, snapshot);
    }
    for (SealedPartition partition : sealed) {
      addSealed(query, partition, finder, snapshot);
    }
  }

  private void addHeap(BlockQuery query, BlockSnapshot snapshot) {
    for (HeapBlock block : blocks.all()) {
      if (query.wants(block.stream) && block.overlaps(query.range())) {
        snapshot.add(new HeapRef(block.view()));
      }
    }
  }

  private void addStored(
      BlockQuery query,
      PartitionName name,
      DirectoryReader reader,
      BlockFinder finder,
      BlockSnapshot snapshot)
      throws IOException {
    finder.addBlocks(name.name(), reader, snapshot);
    RunLayout runs = layout.runs();
    if (runs != null) {
      runCache.addRuns(layout, runs, query.tenant(), name.name(), reader, snapshot);
    }
  }

  private void addSealed(
      BlockQuery query, SealedPartition partition, BlockFinder finder, BlockSnapshot snapshot)
      throws IOException {
    DirectoryReader reader;
    try {
      reader = partitions.acquire(partition);
    } catch (PartitionDroppedException e) {
      LOG.debug("{}: {}", layout.schema().signal(), e.getMessage());
      return;
    } catch (CorruptIndexException | FileNotFoundException | NoSuchFileException | EOFException e) {
      putAside(partition, e);
      return;
    }
    snapshot.hold(reader);
    addStored(query, partition.name(), reader, finder, snapshot);
  }

  private void putAside(SealedPartition partition, IOException cause) throws IOException {
    synchronized (stateLock) {
      if (!partitions.all().contains(partition)) {
        return;
      }
      partitions.remove(partition);
    }
    partition.drop();
    partitions.quarantine(partition.name(), cause);
  }
}
