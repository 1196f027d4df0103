package dev.sextant.server;

import dev.sextant.server.config.ServerConfig;
import dev.sextant.storage.Batch;
import dev.sextant.storage.Sink;
import dev.sextant.storage.Snapshotting;
import dev.sextant.storage.Store;
import dev.sextant.storage.file.Disk;
import dev.sextant.storage.file.DiskSpace;
import dev.sextant.storage.journal.DurableWriter;
import dev.sextant.storage.journal.FileJournal;
import dev.sextant.storage.journal.Journal;
import dev.sextant.storage.journal.JournalRecord;
import dev.sextant.storage.journal.JournalSettings;
import dev.sextant.storage.journal.WriterSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * One signal: its journal, its store, and the writer between them.
 *
 * @param <B> its batch
 * @param <S> its store
 */
final class Signal<B extends Batch, S extends Store<B>> implements AutoCloseable {
  /** The kind of batches that receivers make; what is derived has another. */
  private static final int RECEIVED = 1;

  private final Journal journal;
  private final S store;
  private final DurableWriter<B> writer;
  private final LongAdder accepted = new LongAdder();

  private Signal(Journal journal, S store, DurableWriter<B> writer) {
    this.journal = journal;
    this.store = store;
    this.writer = writer;
  }

  /** Opens signals that share configuration, data directory and disk. */
  record Opener(ServerConfig config, Path data, InstantSource clock, DiskSpace space) {
    /**
     * Opens one signal.
     *
     * @param name of its directories
     * @param store opens the store, given the journal's id
     */
    <B extends Batch, S extends Store<B>> Signal<B, S> open(
        String name, Function<String, S> store, Function<JournalRecord, B> decode)
        throws IOException {
      FileJournal journal =
          FileJournal.open(
              data.resolve("journal").resolve(name), journalSettings(), clock, Disk.local());
      // Whoever derives says later what it needs; until then nothing may be freed.
      journal.hold("derive", journal.start());
      S opened = openStore(store, journal);
      DurableWriter<B> writer =
          DurableWriter.start(
              name, journal, opened, decode, writerSettings(), space, new ReplayLog(name));
      return new Signal<>(journal, opened, writer);
    }

    private static <S> S openStore(Function<String, S> store, FileJournal journal)
        throws IOException {
      try {
        return store.apply(journal.id().toString());
      } catch (RuntimeException e) {
        journal.close();
        throw e;
      }
    }

    private JournalSettings journalSettings() {
      ServerConfig.Journal settings = config.journal();
      return new JournalSettings(
          settings.segmentBytes().bytes(),
          settings.maxRecordBytes().intBytes("journal.max-record-bytes"),
          settings.maxQueuedBytes().bytes());
    }

    private WriterSettings writerSettings() {
      ServerConfig.Ingest ingest = config.ingest();
      WriterSettings defaults = WriterSettings.DEFAULT;
      return new WriterSettings(
          ingest.maxPendingBatches(),
          ingest.maxPendingBytes().bytes(),
          ingest.commitInterval().duration(),
          ingest.commitBytes().bytes(),
          defaults.firstRetry(),
          defaults.longestRetry(),
          defaults.closeTimeout());
    }
  }

  Journal journal() {
    return journal;
  }

  S store() {
    return store;
  }

  DurableWriter<B> writer() {
    return writer;
  }

  /**
   * Writes journal and store to another data directory: a start there finds all that was
   * acknowledged before. A store that keeps nothing on this disk gives nothing.
   */
  void snapshot(Path target, String name) {
    if (store instanceof Snapshotting files) {
      files.snapshot(target.resolve(name));
    }
    journal.snapshot(target.resolve("journal").resolve(name));
  }

  /** Whether the store holds what the journal brought from before the start. */
  boolean caughtUp() {
    CompletableFuture<Void> replayed = writer.replayed();
    return replayed.isDone() && !replayed.isCompletedExceptionally();
  }

  /** The write door; counts what was received and accepted. */
  Sink<B> sink() {
    return batch ->
        writer
            .write(batch)
            .whenComplete(
                (written, defect) -> {
                  if (written instanceof Sink.Written.Accepted && batch.kind() == RECEIVED) {
                    accepted.add(batch.rows());
                  }
                });
  }

  /** Rows received and accepted since the start. */
  long accepted() {
    return accepted.sum();
  }

  @Override
  public void close() {
    writer.close();
    store.close();
    try {
      journal.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the journal did not close", e);
    }
  }
}
