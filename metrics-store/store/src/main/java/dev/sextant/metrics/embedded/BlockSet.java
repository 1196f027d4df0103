package dev.sextant.metrics.embedded;

import dev.sextant.metrics.UnknownVersionException;
import dev.sextant.storage.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tenant's blocks, in a directory for each day of event time (UTC). Changed by the writer
 * alone; the list that readers see is replaced under the store's lock, and a block that left it
 * stays readable for those who hold it.
 */
final class BlockSet {
  private static final Logger LOG = LoggerFactory.getLogger(BlockSet.class);
  private static final String DAMAGED = ".damaged";

  private final Path directory;
  private final StoreFiles files;
  private final ReentrantLock view;
  private volatile List<Block> blocks = List.of();
  private long nextSequence = 1;
  private long damaged;

  BlockSet(Path directory, StoreFiles files, ReentrantLock view) {
    this.directory = directory;
    this.files = files;
    this.view = view;
  }

  /**
   * Opens what the directory holds. A damaged block is put aside; one that a merge superseded is
   * deleted.
   */
  void open() {
    List<Block> found = new ArrayList<>();
    for (Path day : files.list(directory)) {
      if (Files.isDirectory(day)) {
        openDay(day, found);
      }
    }
    found.sort(Comparator.comparing(Block::name));
    blocks = List.copyOf(found);
    nextSequence = 1 + found.stream().mapToLong(block -> block.name().last()).max().orElse(0);
  }

  private void openDay(Path day, List<Block> found) {
    long epochDay = epochDay(day);
    List<Block> ofDay = new ArrayList<>();
    for (Path path : files.list(day)) {
      BlockName name = BlockName.parse(path.getFileName().toString());
      if (name != null) {
        try {
          ofDay.add(Block.open(path, name, epochDay));
        } catch (UnknownVersionException unknown) {
          throw unknown;
        } catch (StoreException failure) {
          putAside(path, failure);
        }
      }
    }
    for (Block block : ofDay) {
      if (ofDay.stream().anyMatch(other -> other.name().covers(block.name()))) {
        block.release();
        files.delete(block.path());
      } else {
        found.add(block);
      }
    }
  }

  private static long epochDay(Path day) {
    try {
      return LocalDate.parse(day.getFileName().toString()).toEpochDay();
    } catch (DateTimeException notADay) {
      throw new StoreException(
          day
              + " is not a directory of the metrics store, whose directories are days such as 2026-01-31; move it away",
          notADay);
    }
  }

  private void putAside(Path path, StoreException failure) {
    Path aside = path.resolveSibling(path.getFileName() + DAMAGED);
    files.rename(path, aside);
    damaged++;
    LOG.error(
        "{}; put aside as {}, the samples in it are lost",
        failure.getMessage(),
        aside.getFileName());
  }

  /** Blocks in order, the one whose samples win first. */
  List<Block> all() {
    return blocks;
  }

  /** Files put aside as damaged since the store was opened. */
  long damaged() {
    return damaged;
  }

  /** Blocks that overlap a range of time, acquired for the caller. Under the store's lock. */
  List<Block> acquire(long minMillis, long maxMillis) {
    List<Block> overlapping =
        blocks.stream().filter(block -> block.overlaps(minMillis, maxMillis)).toList();
    overlapping.forEach(Block::acquire);
    return overlapping;
  }

  /** A number that is above those of all blocks so far. */
  long nextSequence() {
    return nextSequence++;
  }

  /** Writes a block and opens it; readers see it with {@link #publish}. Durable when it returns. */
  Block write(long epochDay, BlockName name, ByteBuffer content) {
    Path day = directory.resolve(LocalDate.ofEpochDay(epochDay).toString());
    files.createDirectories(day);
    Path path = day.resolve(name.toString());
    files.replace(path, content);
    return Block.open(path, name, epochDay);
  }

  /** Deletes a block that was never published, if the disk lets it. */
  void discard(Block block) {
    try {
      files.delete(block.path());
    } catch (StoreException failure) {
      LOG.warn("{}; the block is merged away later", failure.getMessage());
    }
  }

  /** Adds and removes blocks in what readers see, all at once; then lets go of those removed. */
  void publish(List<Block> added, List<Block> removed) {
    List<Block> next = new ArrayList<>(blocks);
    next.removeAll(removed);
    next.addAll(added);
    next.sort(Comparator.comparing(Block::name));
    view.lock();
    try {
      blocks = List.copyOf(next);
    } finally {
      view.unlock();
    }
    removed.forEach(Block::release);
  }

  /**
   * Puts the blocks of one day that were joined into one out of the way of it, or rewrites a
   * damaged one.
   */
  long merge(List<Block> inputs) {
    BlockMerge merge = new BlockMerge(inputs);
    ByteBuffer content = merge.run();
    if (merge.lost() > 0) {
      inputs.forEach(
          block ->
              files.copy(
                  block.path(), block.path().resolveSibling(block.path().getFileName() + DAMAGED)));
      damaged++;
    }
    BlockName name =
        new BlockName(inputs.get(0).name().first(), inputs.get(inputs.size() - 1).name().last());
    List<Block> added =
        merge.isEmpty() ? List.of() : List.of(write(inputs.get(0).epochDay(), name, content));
    publish(added, inputs);
    for (Block input : inputs) {
      if (added.isEmpty() || !input.path().equals(added.get(0).path())) {
        files.delete(input.path());
      }
    }
    return merge.conflicts();
  }

  SortedMap<Long, List<Block>> byDay() {
    SortedMap<Long, List<Block>> days = new TreeMap<>();
    blocks.forEach(
        block -> days.computeIfAbsent(block.epochDay(), key -> new ArrayList<>()).add(block));
    return days;
  }

  /** Drops a day with all its files, those put aside included. */
  void dropDay(long epochDay) {
    publish(List.of(), byDay().getOrDefault(epochDay, List.of()));
    Path day = directory.resolve(LocalDate.ofEpochDay(epochDay).toString());
    files.list(day).forEach(files::delete);
    files.delete(day);
  }

  void close() {
    publish(List.of(), blocks);
  }
}
