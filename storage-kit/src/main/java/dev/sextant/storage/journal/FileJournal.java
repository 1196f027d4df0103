package dev.sextant.storage.journal;

import dev.sextant.storage.Batch;
import dev.sextant.storage.Position;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.file.Disk;
import dev.sextant.storage.file.FileLinks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in the files of one directory, which nobody else may write. One platform thread drains
 * a bounded queue: it writes what has gathered, fsyncs once, and completes the futures in order.
 * The files are described in {@code docs/format/journal.md}.
 */
public final class FileJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);

  private final Path directory;
  private final JournalSettings settings;
  private final Disk disk;
  private final UUID id;
  private final SegmentCatalog catalog;
  private final GroupWriter writer;
  private final AppendQueue queue;
  private final Thread thread;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong syncs = new AtomicLong();
  private final AtomicLong writeFailures = new AtomicLong();
  private final AtomicLong corruptions = new AtomicLong();

  private boolean failing; // the journal's thread only

  private FileJournal(
      Path directory,
      JournalSettings settings,
      InstantSource clock,
      Disk disk,
      JournalRecovery.Found found) {
    this.directory = directory;
    this.settings = settings;
    this.disk = disk;
    id = found.id();
    corruptions.set(found.corruptions());
    catalog = new SegmentCatalog(disk, directory, found.segments(), found.end());
    writer = new GroupWriter(disk, directory, settings.segmentBytes(), clock, found, catalog);
    queue = new AppendQueue(settings.maxQueuedBytes());
    thread =
        Thread.ofPlatform().name("sextant-journal-" + directory.getFileName()).unstarted(this::run);
  }

  /**
   * Opens the journal in a directory, or creates it. A torn tail is given up and counted as a
   * corruption; every whole record before it is kept. Opening writes nothing.
   *
   * @param clock gives the stamps
   * @throws JournalException where files are of an unknown version or of two journals
   */
  public static FileJournal open(
      Path directory, JournalSettings settings, InstantSource clock, Disk disk) throws IOException {
    disk.createDirectories(directory);
    JournalRecovery.Found found = JournalRecovery.recover(disk, directory);
    FileJournal journal = new FileJournal(directory, settings, clock, disk, found);
    journal.thread.start();
    return journal;
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public CompletableFuture<Position> append(Batch batch) {
    Append append = Append.of(batch);
    long size = append.size();
    if (size > settings.maxRecordBytes()) {
      return refused(
          JournalException.Reason.TOO_LARGE,
          "a batch of %d bytes is over %s (%d): send smaller batches or raise it"
              .formatted(size, JournalSettings.MAX_RECORD_BYTES, settings.maxRecordBytes()));
    }
    return switch (queue.offer(append, size)) {
      case TAKEN -> append.future();
      case CLOSED -> refused(JournalException.Reason.CLOSED, "journal " + directory + " is closed");
      case FULL ->
          refused(
              JournalException.Reason.QUEUE_FULL,
              "%s (%d) reached in journal %s: the disk is slower than what comes in"
                  .formatted(
                      JournalSettings.MAX_QUEUED_BYTES, settings.maxQueuedBytes(), directory));
    };
  }

  private static CompletableFuture<Position> refused(
      JournalException.Reason reason, String message) {
    return CompletableFuture.failedFuture(new JournalException(reason, message));
  }

  private void run() {
    List<Append> group = queue.take(writer.room());
    while (!group.isEmpty()) {
      commit(group);
      group = queue.take(writer.room());
    }
    try {
      writer.close();
    } catch (IOException e) {
      LOG.warn("journal {}: the last segment did not close", directory, e);
    }
  }

  private void commit(List<Append> group) {
    long size = group.stream().mapToLong(Append::size).sum();
    try {
      List<Position> positions = writer.write(group, size);
      queue.done(size);
      syncs.incrementAndGet();
      bytes.addAndGet(size);
      if (failing) {
        failing = false;
        LOG.info("journal {} writes again", directory);
      }
      for (int i = 0; i < group.size(); i++) {
        rows.addAndGet(group.get(i).rows());
        group.get(i).future().complete(positions.get(i));
      }
    } catch (IOException | RuntimeException | Error e) {
      queue.done(size);
      fail(group, e);
    }
  }

  private void fail(List<Append> group, Throwable cause) {
    writeFailures.incrementAndGet();
    if (!failing) {
      failing = true;
      LOG.error("journal {} cannot write; batches are refused until it can", directory, cause);
    }
    JournalException failure =
        new JournalException(
            JournalException.Reason.WRITE_FAILED,
            "journal %s cannot write: %s".formatted(directory, cause.getMessage()),
            cause);
    group.forEach(append -> append.future().completeExceptionally(failure));
  }

  @Override
  public long start() {
    return catalog.start();
  }

  @Override
  public long end() {
    return catalog.end();
  }

  @Override
  public void skipTo(long row) {
    writer.skipTo(row);
  }

  @Override
  public JournalReader read(long fromRow) {
    return reader(fromRow, false);
  }

  @Override
  public JournalReader readInPlace(long fromRow) {
    return reader(fromRow, true);
  }

  private JournalReader reader(long fromRow, boolean inPlace) {
    return new FileJournalReader(disk, catalog, fromRow, inPlace, corruptions::incrementAndGet);
  }

  @Override
  public void hold(String holder, long fromRow) {
    catalog.hold(holder, fromRow);
  }

  @Override
  public void free() throws IOException {
    catalog.free();
  }

  /**
   * Rows that were durable when it was called; hold those that are needed, or they may be freed.
   */
  @Override
  public void snapshot(Path target) {
    try {
      disk.createDirectories(target);
      List<Segment> segments = catalog.segments();
      for (Segment segment : segments) {
        Path copy = target.resolve(segment.file().getFileName());
        Segment.Extent extent = segment.extent();
        boolean grows = segment == segments.getLast() && extent.endOffset() != Long.MAX_VALUE;
        if (grows) {
          FileLinks.copy(segment.file(), copy, extent.endOffset());
        } else {
          FileLinks.link(segment.file(), copy);
        }
      }
      disk.syncDirectory(target);
    } catch (IOException e) {
      throw new StoreException(
          "no snapshot of journal %s could be written to %s: %s"
              .formatted(directory, target, e.getMessage()),
          e);
    }
  }

  @Override
  public JournalCounters counters() {
    return new JournalCounters(
        rows.get(),
        bytes.get(),
        syncs.get(),
        writeFailures.get(),
        corruptions.get(),
        queue.bytes(),
        catalog.segments().size());
  }

  @Override
  public void close() {
    queue.close();
    Threads.joinFully(thread);
  }
}
