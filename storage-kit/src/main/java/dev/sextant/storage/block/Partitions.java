package dev.sextant.storage.block;

import dev.sextant.storage.StoreException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.Directory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions in a signal's directory, by time; the last may be open for writing. Those that
 * cannot be read are moved to {@code NAME.quarantine} and counted, the others are served. Those
 * that a merge found damaged are salvaged.
 */
final class Partitions {
  private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);
  private static final String QUARANTINE = ".quarantine";
  private static final String DROPPED = ".dropped";

  private final BlockLayout layout;
  private final BlockSchema schema;
  private final Path root;
  private final DirectoryOpener opener;
  private final int maxOpen;
  private final BlockCounters counters;
  private final Salvage salvage;

  /** Partitions that are known to be damaged and can be salvaged. */
  private final Set<PartitionName> damaged = ConcurrentHashMap.newKeySet();

  /** By time; replaced as a whole, under the store's state lock. */
  private volatile List<Partition> all = List.of();

  /** Partitions whose time is over and that were not sealed to the end. */
  private final Set<OpenPartition> unfinished = new HashSet<>();

  private final ArrayList<SealedPartition> opened = new ArrayList<>();
  private Map<StreamKey, Long> recovered = Map.of();
  private CommitData newest = new CommitData(0, JournalStamps.State.NONE, true);

  Partitions(
      BlockLayout layout, Path root, DirectoryOpener opener, int maxOpen, BlockCounters counters) {
    this.layout = layout;
    this.schema = layout.schema();
    this.root = root;
    this.opener = opener;
    this.maxOpen = maxOpen;
    this.counters = counters;
    this.salvage = new Salvage(layout, opener);
  }

  /**
   * Finds what is there. The newest partition is opened for writing unless it is sealed; those that
   * were not sealed to the end are opened to be.
   *
   * @throws StoreException where a format is unknown
   */
  Optional<OpenPartition> open() throws IOException {
    Files.createDirectories(root);
    List<Partition> found = new ArrayList<>();
    List<PartitionName> names = names();
    for (PartitionName name : names) {
      Path path = root.resolve(name.name());
      if (isUnborn(path)) {
        delete(path);
        continue;
      }
      try {
        found.add(open(name, path, name.equals(names.getLast())));
      } catch (IndexFormatTooNewException | IndexFormatTooOldException e) {
        throw new StoreException(
            "%s: partition %s has a Lucene format that this program does not read: %s"
                .formatted(schema.signal(), path, e.getMessage()),
            e);
      } catch (CorruptIndexException
          | FileNotFoundException
          | NoSuchFileException
          | EOFException
          | IllegalArgumentException e) {
        quarantine(name, e);
      }
    }
    all = List.copyOf(found);
    return found.stream()
        .flatMap(p -> p instanceof OpenPartition o && !unfinished.contains(o) ? Stream.of(o) : null)
        .findAny();
  }

  private Partition open(PartitionName name, Path path, boolean last) throws IOException {
    CommitData data;
    try (Directory directory = opener.open(path)) {
      data = OpenPartition.lastCommit(name, directory);
      if (data.sealed()) {
        OpenPartition.deleteUnused(directory);
      }
    }
    Partition partition;
    if (data.sealed() && layout.runs() != null && isUnfinished(path)) {
      OpenPartition open = new OpenPartition(name, opener.open(path), data);
      unfinished.add(open);
      partition = open;
    } else if (last && !data.sealed()) {
      OpenPartition open = new OpenPartition(name, opener.open(path), data);
      try {
        recovered = open.lastRows(data.rowsUpTo());
      } catch (IOException | RuntimeException e) {
        open.release();
        throw e;
      }
      partition = open;
    } else {
      partition = new SealedPartition(name, path, opener);
    }
    newest = data.rowsUpTo() >= newest.rowsUpTo() ? data : newest;
    return partition;
  }

  /** Whether a crash came before the last rows of a partition were written as runs. */
  private boolean isUnfinished(Path path) throws IOException {
    try (Directory directory = opener.open(path);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      return Sealing.isUnfinished(reader);
    }
  }

  /** The last row of each stream that lies at or after what the newest commit reaches. */
  Map<StreamKey, Long> recovered() {
    return recovered;
  }

  private List<PartitionName> names() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      for (Path path : entries.toList()) {
        if (path.toString().endsWith(DROPPED)) {
          delete(path);
        } else if (path.toString().endsWith(Salvage.SUFFIX)) {
          resumeSalvage(path);
        }
      }
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .filter(Files::isDirectory)
          .flatMap(path -> PartitionName.parse(path).stream())
          .sorted()
          .toList();
    }
  }

  /** Completes an exchange that a crash cut in two, or notes that a salvage must begin again. */
  private void resumeSalvage(Path salvaged) throws IOException {
    String file = String.valueOf(salvaged.getFileName());
    Path partition = root.resolve(file.substring(0, file.length() - Salvage.SUFFIX.length()));
    Optional<PartitionName> name = PartitionName.parse(partition);
    if (name.isEmpty()) {
      return;
    }
    if (Files.exists(partition)) {
      delete(salvaged);
      Files.createDirectories(salvaged);
      damaged.add(name.get());
    } else {
      Files.move(salvaged, partition);
    }
  }

  /**
   * Notes that a sealed partition is to be salvaged, and sees to it that a crash forgets it not.
   */
  void markDamaged(PartitionName name) throws IOException {
    Files.createDirectories(Salvage.directoryOf(root.resolve(name.name())));
    damaged.add(name);
  }

  /** Salvages a damaged partition, if there is one. Takes as long as it takes. */
  void salvageOne() throws IOException {
    for (Partition partition : all) {
      if (partition instanceof SealedPartition sealed && damaged.remove(sealed.name())) {
        salvage(sealed);
        return;
      }
    }
  }

  private void salvage(SealedPartition partition) throws IOException {
    Path path = root.resolve(partition.name().name());
    Salvage.Outcome outcome = salvage.rewrite(partition.name(), path);
    Path aside = outcome.lost() > 0 ? aside(partition.name()) : dropped(partition.name());
    partition.exchange(
        () -> {
          Files.move(path, aside);
          Files.move(Salvage.directoryOf(path), path);
        });
    counters.salvaged.increment();
    counters.lostBlocks.add(outcome.lost());
    if (outcome.lost() == 0) {
      delete(aside);
    }
    LOG.warn(
        "{}: partition {} was damaged and is written anew: {} blocks saved, {} lost{}",
        schema.signal(),
        path,
        outcome.saved(),
        outcome.lost(),
        outcome.lost() == 0 ? "" : "; what it was lies in " + aside);
  }

  private Path dropped(PartitionName name) {
    return root.resolve(name.name() + DROPPED);
  }

  /** Whether a crash came before a partition's first commit. */
  private static boolean isUnborn(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .allMatch(file -> file.equals("write.lock") || file.startsWith("pending_segments"));
    }
  }

  /** What the newest commit that could be read says. */
  CommitData newestCommit() {
    return newest;
  }

  List<Partition> all() {
    return all;
  }

  OpenPartition create(PartitionName name, CommitData data) throws IOException {
    return new OpenPartition(name, opener.open(root.resolve(name.name())), data);
  }

  /** Bytes on disk of partitions whose time ends after a moment. */
  long bytesSince(long millis) throws IOException {
    long bytes = 0;
    for (Partition partition : all) {
      if (partition.name().endMillis() > millis) {
        try (Stream<Path> files = Files.list(root.resolve(partition.name().name()))) {
          bytes += files.mapToLong(Partitions::size).sum();
        }
      }
    }
    return bytes;
  }

  /** Zero for a file that a merge deleted meanwhile. */
  private static long size(Path file) {
    return file.toFile().length();
  }

  /** To be called under the state lock, as every change of the list. */
  void add(OpenPartition partition) {
    List<Partition> next = new ArrayList<>(all);
    next.add(partition);
    all = List.copyOf(next);
  }

  /** Removes what a merge left behind in a partition that nobody writes to any more. */
  void clean(PartitionName name) throws IOException {
    try (Directory directory = opener.open(root.resolve(name.name()))) {
      OpenPartition.deleteUnused(directory);
    }
  }

  SealedPartition sealed(OpenPartition partition) {
    return new SealedPartition(partition.name(), root.resolve(partition.name().name()), opener);
  }

  void replace(Partition old, Partition next) {
    all = all.stream().map(each -> each == old ? next : each).toList();
  }

  void remove(Partition gone) {
    all = all.stream().filter(each -> each != gone).toList();
  }

  /**
   * A reader of a sealed partition; the one that was used longest ago is let go of beyond the
   * bound.
   */
  DirectoryReader acquire(SealedPartition partition) throws IOException {
    DirectoryReader reader = partition.acquire();
    SealedPartition eldest = null;
    synchronized (opened) {
      opened.remove(partition);
      opened.add(partition);
      if (opened.size() > maxOpen) {
        eldest = opened.removeFirst();
      }
    }
    if (eldest != null) {
      eldest.release();
    }
    return reader;
  }

  /** How many sealed partitions have files open. */
  long openCount() {
    return all.stream().filter(each -> each instanceof SealedPartition s && s.isOpen()).count();
  }

  /** Moves a partition's directory aside. */
  void quarantine(PartitionName name, Exception cause) throws IOException {
    Path path = root.resolve(name.name());
    Path aside = aside(name);
    Files.move(path, aside);
    counters.quarantined.increment();
    LOG.error(
        "{}: partition {} cannot be opened and was moved to {}; its rows are not served, all others are",
        schema.signal(),
        path,
        aside,
        cause);
  }

  private Path aside(PartitionName name) {
    Path aside = root.resolve(name.name() + QUARANTINE);
    for (int i = 2; Files.exists(aside); i++) {
      aside = root.resolve(name.name() + QUARANTINE + "-" + i);
    }
    return aside;
  }

  /**
   * Deletes a partition that is no longer in the list. The rename makes it vanish at once, whatever
   * happens then.
   */
  void drop(SealedPartition partition) throws IOException {
    synchronized (opened) {
      opened.remove(partition);
    }
    partition.drop();
    Path path = root.resolve(partition.name().name());
    damaged.remove(partition.name());
    if (Files.exists(Salvage.directoryOf(path))) {
      delete(Salvage.directoryOf(path));
    }
    Path dropped = dropped(partition.name());
    Files.move(path, dropped);
    delete(dropped);
    counters.dropped.increment();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  void close() throws IOException {
    for (Partition partition : all) {
      partition.release();
    }
  }
}
