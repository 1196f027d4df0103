package dev.sextant.storage.journal;

import static dev.sextant.storage.journal.Records.CLOCK;
import static dev.sextant.storage.journal.Records.DIRECTORY;
import static dev.sextant.storage.journal.Records.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.Position;
import dev.sextant.storage.Sink.Written;
import dev.sextant.storage.file.DiskSpace;
import dev.sextant.storage.file.FaultyDisk;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DurableWriterTest {
  private static final WriterSettings SETTINGS =
      new WriterSettings(
          8,
          1000,
          Duration.ofHours(1),
          1 << 20,
          Duration.ofNanos(1000),
          Duration.ofMillis(1),
          Duration.ofHours(1));

  private final FaultyDisk disk = new FaultyDisk(1);
  private final MemoryStore store = new MemoryStore();
  private final AtomicLong now = new AtomicLong();
  private FileJournal journal;

  @BeforeEach
  void openJournal() throws IOException {
    journal = Records.open(disk);
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  private DurableWriter<Records.TextBatch> start(WriterSettings settings) {
    DurableWriter<Records.TextBatch> writer =
        DurableWriter.start(
            "spans",
            journal,
            store,
            Records::decode,
            settings,
            new DiskSpace(disk, DIRECTORY, 1000, () -> Instant.ofEpochMilli(now.get())),
            ReplayListener.NONE);
    writer.replayed().join();
    return writer;
  }

  private static CompletableFuture<Written> write(
      DurableWriter<Records.TextBatch> writer, String text) {
    return writer.write(batch(text)).toCompletableFuture();
  }

  @Test
  void accepted_isDurableAndFound() {
    try (DurableWriter<Records.TextBatch> writer = start(SETTINGS)) {
      assertThat(write(writer, "a").join())
          .isEqualTo(new Written.Accepted(new Position(0, CLOCK.millis())));
      assertThat(store.texts()).containsExactly("a");
      assertThat(writer.write(batch("b", 4)).toCompletableFuture().join())
          .isEqualTo(new Written.Accepted(new Position(1, CLOCK.millis())));
      assertThat(writer.counters().acceptedRows()).isEqualTo(5);
      assertThat(journal.end()).isEqualTo(5);
    }
  }

  @Test
  void blockedStore_neverAccepts_andIsBounded() {
    try (DurableWriter<Records.TextBatch> writer = start(SETTINGS)) {
      store.block();
      List<CompletableFuture<Written>> taken =
          IntStream.range(0, 8).mapToObj(i -> write(writer, "b" + i)).toList();
      CompletableFuture<Written> over = write(writer, "over");
      assertThat(over.join())
          .isInstanceOfSatisfying(
              Written.Throttled.class,
              t -> {
                assertThat(t.reason()).contains("ingest.max-pending-batches (8)");
                assertThat(t.retryAfterMillis()).isPositive();
              });
      journal.append(batch("fsynced after them")).join();
      assertThat(taken).noneMatch(CompletableFuture::isDone);
      assertThat(writer.counters().pendingBatches()).isEqualTo(8);
      store.unblock();
      assertThat(taken).allMatch(answer -> answer.join() instanceof Written.Accepted);
      assertThat(store.texts()).containsExactly("b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7");
      assertThat(writer.counters().throttledBatches()).isEqualTo(1);
    }
  }

  @Test
  void pendingBytes_areBoundedToo_butOneLargeBatchPasses() {
    try (DurableWriter<Records.TextBatch> writer = start(SETTINGS)) {
      assertThat(write(writer, "x".repeat(1500)).join()).isInstanceOf(Written.Accepted.class);
      store.block();
      CompletableFuture<Written> first = write(writer, "x".repeat(600));
      assertThat(write(writer, "x".repeat(600)).join())
          .isInstanceOfSatisfying(
              Written.Throttled.class,
              t -> assertThat(t.reason()).contains("ingest.max-pending-bytes (1000)"));
      store.unblock();
      assertThat(first.join()).isInstanceOf(Written.Accepted.class);
    }
  }

  @Test
  void tooLarge_namesTheSetting() {
    try (DurableWriter<Records.TextBatch> writer = start(SETTINGS)) {
      assertThat(write(writer, "x".repeat(5000)).join())
          .isInstanceOfSatisfying(
              Written.TooLarge.class,
              t -> assertThat(t.reason()).contains("journal.max-record-bytes (4096)"));
      assertThat(store.texts()).isEmpty();
    }
  }

  @Test
  void failingStore_throttlesOthers_andGetsItsBatchesInOrder() throws Exception {
    try (DurableWriter<Records.TextBatch> writer = start(SETTINGS)) {
      store.fail(Integer.MAX_VALUE);
      CompletableFuture<Written> first = write(writer, "first");
      store.awaitFailures(2);
      assertThat(write(writer, "second").join())
          .isInstanceOfSatisfying(
              Written.Throttled.class, t -> assertThat(t.reason()).contains("the engine is away"));
      assertThat(first).isNotDone();
      store.fail(0);
      assertThat(first.join()).isInstanceOf(Written.Accepted.class);
      assertThat(write(writer, "third").join()).isInstanceOf(Written.Accepted.class);
      assertThat(store.texts()).containsExactly("first", "third");
      assertThat(writer.counters().applyRetries()).isPositive();
    }
  }

  @Test
  void defectInTheStore_failsThatBatchOnly() {
    try (DurableWriter<Records.TextBatch> writer = start(SETTINGS)) {
      store.choke(1);
      assertThatThrownBy(write(writer, "bad")::join).hasRootCauseMessage("a defect");
      assertThat(write(writer, "good").join()).isInstanceOf(Written.Accepted.class);
      assertThat(writer.counters().skippedBatches()).isEqualTo(1);
      assertThatThrownBy(writer.write(batch("no rows", 0)).toCompletableFuture()::join)
          .hasRootCauseInstanceOf(IllegalArgumentException.class);
      assertThat(write(writer, "better").join()).isInstanceOf(Written.Accepted.class);
    }
  }

  @Test
  void failedFsync_isUnavailable_andNeverReachesTheStore() {
    try (DurableWriter<Records.TextBatch> writer = start(SETTINGS)) {
      write(writer, "a").join();
      disk.failSyncAfter(1);
      assertThat(write(writer, "b").join())
          .isInstanceOfSatisfying(
              Written.Unavailable.class,
              u -> assertThat(u.reason()).contains("Input/output error"));
      assertThat(write(writer, "c").join()).isInstanceOf(Written.Accepted.class);
      assertThat(store.texts()).containsExactly("a", "c");
    }
  }

  @Test
  void lowDisk_isReadOnly_untilThereIsRoom() {
    try (DurableWriter<Records.TextBatch> writer = start(SETTINGS)) {
      disk.usableBytes(999);
      now.addAndGet(1000);
      assertThat(write(writer, "a").join())
          .isInstanceOfSatisfying(
              Written.Unavailable.class,
              u -> assertThat(u.reason()).contains("storage.min-free-bytes (1000)"));
      disk.usableBytes(1000);
      now.addAndGet(1000);
      assertThat(write(writer, "b").join()).isInstanceOf(Written.Accepted.class);
    }
  }

  @Test
  void start_replaysWhatTheStoreLacks() throws Exception {
    try (DurableWriter<Records.TextBatch> writer = start(SETTINGS)) {
      for (int i = 0; i < 50; i++) {
        write(writer, "b" + i).join();
      }
    }
    assertThat(store.appliedUpTo()).isEqualTo(50);
    for (int i = 50; i < 70; i++) {
      journal.append(batch("b" + i)).join();
    }
    List<Long> progress = new ArrayList<>();
    try (DurableWriter<Records.TextBatch> writer =
        DurableWriter.start(
            "spans",
            journal,
            store,
            Records::decode,
            SETTINGS,
            unlimited(),
            (row, end) -> progress.add(row * 1000 + end))) {
      writer.replayed().join();
      assertThat(store.texts())
          .containsExactlyElementsOf(IntStream.range(0, 70).mapToObj(i -> "b" + i).toList());
      assertThat(progress).hasSize(20).startsWith(51_070L).endsWith(70_070L);
      assertThat(writer.counters().replayedRows()).isEqualTo(20);
    }
  }

  @Test
  void duringReplay_nothingIsTaken() {
    journal.append(batch("old")).join();
    store.block();
    try (DurableWriter<Records.TextBatch> writer =
        DurableWriter.start(
            "spans", journal, store, Records::decode, SETTINGS, unlimited(), ReplayListener.NONE)) {
      assertThat(write(writer, "new").join())
          .isInstanceOfSatisfying(
              Written.Unavailable.class, u -> assertThat(u.reason()).contains("catching up"));
      store.unblock();
      writer.replayed().join();
      assertThat(write(writer, "new").join()).isInstanceOf(Written.Accepted.class);
    }
    assertThat(store.texts()).containsExactly("old", "new");
  }

  @Test
  void unreadablePayload_endsTheReplay() {
    journal.append(new Records.TextBatch("default", 1, 200, "of the future")).join();
    try (DurableWriter<Records.TextBatch> writer =
        DurableWriter.start(
            "spans", journal, store, Records::decode, SETTINGS, unlimited(), ReplayListener.NONE)) {
      assertThatThrownBy(writer.replayed()::join).hasRootCauseMessage("unknown kind 200");
      assertThat(write(writer, "new").join()).isInstanceOf(Written.Unavailable.class);
    }
  }

  @Test
  void storeAheadOfItsJournal_getsHigherRows() {
    store.apply(batch("from a lost journal", 100), new Position(0, 1));
    store.commit();
    try (DurableWriter<Records.TextBatch> writer = start(SETTINGS)) {
      assertThat(write(writer, "a").join())
          .isEqualTo(new Written.Accepted(new Position(100, CLOCK.millis())));
      assertThat(store.texts()).containsExactly("from a lost journal", "a");
    }
  }

  @Test
  void commits_comeByBytes_andFreeTheJournal() {
    WriterSettings eager =
        new WriterSettings(
            8,
            1000,
            Duration.ofHours(1),
            1000,
            Duration.ofNanos(1),
            Duration.ofNanos(1),
            Duration.ofHours(1));
    try (DurableWriter<Records.TextBatch> writer = start(eager)) {
      for (int i = 0; i < 50; i++) {
        write(writer, "x".repeat(200)).join();
      }
      assertThat(store.commits()).isEqualTo(10);
      assertThat(writer.counters().commits()).isEqualTo(10);
      assertThat(journal.start()).isGreaterThan(40);
      assertThat(journal.counters().segments()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void commits_comeByTime() throws Exception {
    WriterSettings often =
        new WriterSettings(
            8,
            1000,
            Duration.ofNanos(1),
            1 << 20,
            Duration.ofNanos(1),
            Duration.ofNanos(1),
            Duration.ofHours(1));
    try (DurableWriter<Records.TextBatch> writer = start(often)) {
      write(writer, "a").join();
      store.awaitCommit();
      assertThat(store.appliedUpTo()).isEqualTo(1);
    }
  }

  @Test
  void close_answersWhatWasTaken_andCommits() {
    DurableWriter<Records.TextBatch> writer = start(SETTINGS);
    store.block();
    List<CompletableFuture<Written>> taken =
        IntStream.range(0, 8).mapToObj(i -> write(writer, "b" + i)).toList();
    Thread closing = Thread.ofVirtual().start(writer::close);
    Written late = write(writer, "late").join();
    assertThat(late).isNotInstanceOf(Written.Accepted.class);
    store.unblock();
    assertThat(taken).allMatch(answer -> answer.join() instanceof Written.Accepted);
    Threads.joinFully(closing);
    assertThat(store.appliedUpTo()).isEqualTo(8);
    assertThat(write(writer, "late").join())
        .isInstanceOfSatisfying(
            Written.Unavailable.class, u -> assertThat(u.reason()).contains("shutting down"));
  }

  @Test
  void close_givesAFailingStoreItsTime_andTheJournalKeepsTheBatch() throws Exception {
    WriterSettings impatient =
        new WriterSettings(
            8,
            1000,
            Duration.ofHours(1),
            1 << 20,
            Duration.ofNanos(1),
            Duration.ofNanos(1),
            Duration.ZERO);
    DurableWriter<Records.TextBatch> writer = start(impatient);
    store.fail(Integer.MAX_VALUE);
    CompletableFuture<Written> taken = write(writer, "a");
    store.awaitFailures(1);
    writer.close();
    assertThat(taken.join()).isInstanceOf(Written.Unavailable.class);
    store.fail(0);
    try (DurableWriter<Records.TextBatch> again = start(SETTINGS)) {
      assertThat(store.texts()).containsExactly("a");
      assertThat(again.counters().replayedRows()).isEqualTo(1);
    }
  }

  private DiskSpace unlimited() {
    return new DiskSpace(disk, DIRECTORY, 0, CLOCK);
  }
}
