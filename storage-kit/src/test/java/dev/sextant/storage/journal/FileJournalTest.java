package dev.sextant.storage.journal;

import static dev.sextant.storage.journal.Records.CLOCK;
import static dev.sextant.storage.journal.Records.DIRECTORY;
import static dev.sextant.storage.journal.Records.SMALL;
import static dev.sextant.storage.journal.Records.all;
import static dev.sextant.storage.journal.Records.batch;
import static dev.sextant.storage.journal.Records.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.Position;
import dev.sextant.storage.file.Disk;
import dev.sextant.storage.file.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
  private final FaultyDisk disk = new FaultyDisk(1);

  @Test
  void append_numbersRowsOneByOne() throws IOException {
    try (FileJournal journal = Records.open(disk)) {
      assertThat(journal.append(batch("a", 3)).join().row()).isZero();
      assertThat(journal.append(batch("b", 2)).join().row()).isEqualTo(3);
      assertThat(journal.append(batch("c")).join()).isEqualTo(new Position(5, CLOCK.millis()));
      assertThat(journal.end()).isEqualTo(6);
      assertThat(journal.start()).isZero();
    }
  }

  @Test
  void reopen_findsEverythingAgain(@TempDir Path directory) throws IOException {
    Records.TextBatch first = new Records.TextBatch("acme", 7, 255, "größer");
    java.util.UUID id;
    try (FileJournal journal = FileJournal.open(directory, SMALL, CLOCK, Disk.local())) {
      id = journal.id();
      journal.append(first).join();
      journal.append(batch("x".repeat(3000))).join();
    }
    try (FileJournal journal = FileJournal.open(directory, SMALL, CLOCK, Disk.local())) {
      assertThat(journal.id()).isEqualTo(id);
      assertThat(journal.append(batch("after")).join().row()).isEqualTo(8);
      List<JournalRecord> records = all(journal);
      assertThat(records.getFirst())
          .isEqualTo(
              new JournalRecord(new Position(0, CLOCK.millis()), "acme", 255, 7, first.payload()));
      assertThat(texts(journal)).containsExactly("größer", "x".repeat(3000), "after");
      assertThat(journal.counters().corruptions()).isZero();
    }
    assertThat(Files.list(directory).filter(Segment::isSegment)).hasSizeGreaterThan(1);
  }

  @Test
  void appendWhileAnFsyncRuns_sharesTheNextOne() throws IOException {
    try (FileJournal journal =
        FileJournal.open(DIRECTORY, new JournalSettings(1 << 20, 4096, 1 << 20), CLOCK, disk)) {
      journal.append(batch("first")).join();
      CountDownLatch release = new CountDownLatch(1);
      CountDownLatch entered = new CountDownLatch(1);
      disk.beforeSync(
          () -> {
            entered.countDown();
            await(release);
          });
      CompletableFuture<Position> blocked = journal.append(batch("blocks"));
      await(entered);
      long before = disk.syncs();
      List<CompletableFuture<Position>> many =
          IntStream.range(0, 100).mapToObj(i -> journal.append(batch("b" + i))).toList();
      release.countDown();
      many.forEach(CompletableFuture::join);
      blocked.join();
      assertThat(disk.syncs() - before).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void manyAppenders_eachGetsItsOwnRows_inTheOrderOfAppending() throws Exception {
    int perThread = 200;
    List<List<CompletableFuture<Position>>> results = new ArrayList<>();
    try (FileJournal journal = Records.open(disk)) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        List<CompletableFuture<Position>> mine = new ArrayList<>();
        results.add(mine);
        String name = "t" + t + "-";
        threads.add(
            Thread.ofVirtual()
                .start(
                    () ->
                        IntStream.range(0, perThread)
                            .forEach(i -> mine.add(journal.append(batch(name + i, 2))))));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      List<JournalRecord> records = new ArrayList<>();
      results.forEach(mine -> mine.forEach(CompletableFuture::join));
      records.addAll(all(journal));
      assertThat(records).hasSize(8 * perThread);
      for (int t = 0; t < 8; t++) {
        assertThat(results.get(t).stream().map(f -> f.join().row())).isSorted();
        for (int i = 0; i < perThread; i++) {
          int at = (int) (results.get(t).get(i).join().row() / 2);
          assertThat(Records.text(records.get(at))).isEqualTo("t" + t + "-" + i);
        }
      }
    }
  }

  @Test
  void futures_completeInTheOrderOfAppending() throws IOException {
    List<Integer> order = new ArrayList<>();
    try (FileJournal journal = Records.open(disk)) {
      List<CompletableFuture<Void>> done = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        int number = i;
        done.add(
            journal
                .append(batch("b" + i))
                .thenRun(
                    () -> {
                      synchronized (order) {
                        order.add(number);
                      }
                    }));
      }
      done.forEach(CompletableFuture::join);
    }
    assertThat(order).isSorted().hasSize(500);
  }

  @Test
  void stamps_neverDecrease_evenOverAReopen() throws IOException {
    AtomicLong now = new AtomicLong(5000);
    try (FileJournal journal =
        FileJournal.open(DIRECTORY, SMALL, () -> Instant.ofEpochMilli(now.get()), disk)) {
      journal.append(batch("a")).join();
      now.set(1000);
      assertThat(journal.append(batch("b")).join().stampMillis()).isEqualTo(5000);
    }
    try (FileJournal journal =
        FileJournal.open(DIRECTORY, SMALL, () -> Instant.ofEpochMilli(now.get()), disk)) {
      assertThat(journal.append(batch("c")).join().stampMillis()).isEqualTo(5000);
      now.set(6000);
      assertThat(journal.append(batch("d")).join().stampMillis()).isEqualTo(6000);
    }
  }

  @Test
  void tooLargeRecord_isRefusedNamingTheSetting() throws IOException {
    try (FileJournal journal = Records.open(disk)) {
      assertThatThrownBy(journal.append(batch("x".repeat(5000)))::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .hasMessageContaining("journal.max-record-bytes (4096)")
          .isInstanceOfSatisfying(
              JournalException.class,
              e -> assertThat(e.reason()).isEqualTo(JournalException.Reason.TOO_LARGE));
    }
  }

  @Test
  void fullQueue_refusesAndRecovers() throws IOException {
    try (FileJournal journal =
        FileJournal.open(DIRECTORY, new JournalSettings(1024, 1000, 1000), CLOCK, disk)) {
      CountDownLatch entered = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      disk.beforeSync(
          () -> {
            entered.countDown();
            await(release);
          });
      journal.append(batch("blocks"));
      await(entered);
      CompletableFuture<Position> waiting = journal.append(batch("x".repeat(800)));
      assertThatThrownBy(journal.append(batch("y".repeat(800)))::join)
          .hasMessageContaining("journal.max-queued-bytes (1000)");
      release.countDown();
      waiting.join();
      journal.append(batch("y".repeat(800))).join();
    }
  }

  @Test
  void close_makesWhatWasTakenDurable_andRefusesMore() throws IOException {
    FileJournal journal = Records.open(disk);
    List<CompletableFuture<Position>> taken =
        IntStream.range(0, 50).mapToObj(i -> journal.append(batch("b" + i))).toList();
    journal.close();
    assertThat(taken).allMatch(f -> f.isDone() && !f.isCompletedExceptionally());
    assertThatThrownBy(journal.append(batch("late"))::join).hasMessageContaining("closed");
    try (FileJournal again = Records.open(disk.powerLoss())) {
      assertThat(all(again)).hasSize(50);
    }
  }

  @Test
  void read_beginsAtTheRecordThatHoldsTheRow() throws IOException {
    try (FileJournal journal = Records.open(disk)) {
      for (int i = 0; i < 100; i++) {
        journal.append(batch("b" + i, 10)).join();
      }
      assertThat(all(journal, 555).getFirst().position().row()).isEqualTo(550);
      assertThat(all(journal, 550).getFirst().position().row()).isEqualTo(550);
      assertThat(all(journal, 999)).hasSize(1);
      assertThat(all(journal, 1000)).isEmpty();
    }
  }

  @Test
  void readInPlace_givesTheSameRecordsOverSegments() throws IOException {
    try (FileJournal journal = Records.open(disk)) {
      List<String> sent = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        sent.add((i + ",").repeat(1 + i * 37 % 300));
        journal.append(batch(sent.getLast())).join();
      }
      List<String> read = new ArrayList<>();
      try (JournalReader reader = journal.readInPlace(3)) {
        for (JournalRecord next = reader.next(); next != null; next = reader.next()) {
          assertThat(next.position().row()).isEqualTo(3 + read.size());
          read.add(Records.text(next));
        }
        journal.append(batch("later")).join();
        assertThat(Records.text(reader.next())).isEqualTo("later");
      }
      assertThat(read).isEqualTo(sent.subList(3, 40));
    }
  }

  @Test
  void reader_waitsForRecordsToBecomeDurable() throws Exception {
    try (FileJournal journal = Records.open(disk);
        JournalReader reader = journal.read(0)) {
      assertThat(reader.next()).isNull();
      assertThat(reader.next(Duration.ofNanos(1))).isNull();
      for (int i = 0; i < 60; i++) {
        journal.append(batch("b" + i));
        assertThat(Records.text(reader.next(Duration.ofMinutes(1)))).isEqualTo("b" + i);
      }
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void free_deletesOnlyWhatNoHolderNeeds_andReadersGoOn() throws IOException {
    try (FileJournal journal = Records.open(disk);
        JournalReader reader = journal.read(0)) {
      for (int i = 0; i < 200; i++) {
        journal.append(batch("b" + i)).join();
      }
      int all = journal.counters().segments();
      assertThat(all).isGreaterThan(5);
      assertThat(Records.text(reader.next())).isEqualTo("b0");
      journal.free();
      assertThat(journal.counters().segments()).isEqualTo(all);

      journal.hold("store", 150);
      journal.hold("derive", 60);
      journal.free();
      assertThat(journal.start()).isBetween(1L, 60L);
      assertThat(all(journal, 60).getFirst().position().row()).isEqualTo(60);
      assertThat(Records.text(reader.next())).isEqualTo("b1");

      journal.hold("derive", 200);
      journal.hold("store", 200);
      journal.free();
      assertThat(journal.counters().segments()).isEqualTo(1);
      List<Long> rest = new ArrayList<>();
      for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
        rest.add(record.position().row());
      }
      assertThat(rest).isSorted().endsWith(199L);
    }
    try (FileJournal journal = Records.open(disk)) {
      assertThat(journal.append(batch("next")).join().row()).isEqualTo(200);
    }
  }

  @Test
  void skipTo_numbersLaterRowsFromThere() throws IOException {
    try (FileJournal journal = Records.open(disk)) {
      journal.append(batch("a")).join();
      journal.skipTo(1000);
      journal.skipTo(500);
      assertThat(journal.append(batch("b")).join().row()).isEqualTo(1000);
      assertThat(journal.append(batch("c")).join().row()).isEqualTo(1001);
      assertThat(texts(journal)).containsExactly("a", "b", "c");
    }
    try (FileJournal journal = Records.open(disk)) {
      assertThat(texts(journal)).containsExactly("a", "b", "c");
      assertThat(journal.append(batch("d")).join().row()).isEqualTo(1002);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
