package dev.sextant.storage.block;

import static dev.sextant.storage.block.TestRows.rows;
import static dev.sextant.storage.block.TestRows.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.TimeRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {
  private static final long DAY = Duration.ofDays(1).toMillis();

  @TempDir Path directory;
  private final TestRows.Clock clock = new TestRows.Clock();
  private final TestRows journal = new TestRows();
  private int runRows = 40;
  private Path root;
  private BlockStore store;

  /** Makes runs only when told to, and says when it has begun one. */
  private static final class HeldRuns extends TestRuns {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);

    @Override
    public Run write(
        List<StoredParts> blocks, boolean[] growing, List<RunRef> earlier, Runnable checkpoint) {
      begun.countDown();
      await(go);
      return super.write(blocks, growing, earlier, checkpoint);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void chooseRoot() {
    root = directory.resolve("store");
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  private void open(Path where, RunLayout runs) {
    BlockSettings settings = TestRows.SETTINGS.toBuilder().runRows(runRows).build();
    store = BlockStore.open(where, new TestRuns.Layout(runs), settings, clock);
  }

  private void apply(int rows) {
    TestRows.applyToOne(store, journal.next(rows, clock.millis));
  }

  private int runs() {
    try (BlockSnapshot snapshot = store.snapshot(BlockQuery.of("default", TimeRange.ALL))) {
      return snapshot.runs().size();
    }
  }

  private int hotRows() {
    try (BlockSnapshot snapshot = store.snapshot(BlockQuery.of("default", TimeRange.ALL))) {
      return snapshot.blocks().stream().mapToInt(BlockRef::rows).sum();
    }
  }

  @Test
  void closedBlocks_becomeARunOnceTheyAreCommittedAndEnough() {
    open(root, new TestRuns());
    apply(90);
    store.maintain();
    assertThat(runs()).as("nothing is committed").isZero();
    store.commit();
    apply(5);
    store.maintain();
    assertThat(runs()).isPositive();
    assertThat(rows(store)).isEqualTo(upTo(95));
    assertThat(store.counters().sealedRuns()).isEqualTo(runs());
    assertThat(store.counters().sealedRows()).isEqualTo(95 - hotRows());
    assertThat(hotRows()).as("rows that may be joined by others, and new ones").isGreaterThan(5);
  }

  @Test
  void rowsOfQuietBlocks_areAllTaken() {
    open(root, new TestRuns());
    for (int i = 0; i < 4; i++) {
      apply(30);
      store.commit();
      clock.millis += 120_000;
      store.maintain();
    }
    assertThat(rows(store)).isEqualTo(upTo(120));
    assertThat(hotRows()).isLessThan(40);
  }

  @Test
  void snapshotBeforeSealing_keepsItsBlocks() {
    open(root, new TestRuns());
    apply(90);
    store.commit();
    try (BlockSnapshot before = store.snapshot(BlockQuery.of("default", TimeRange.ALL))) {
      store.maintain();
      store.commit();
      assertThat(runs()).isPositive();
      assertThat(before.runs()).isEmpty();
      int rows = before.blocks().stream().mapToInt(ref -> ref.open().rows()).sum();
      assertThat(rows).isEqualTo(90);
    }
  }

  @Test
  void endOfTheDay_sealsWhatIsLeft() {
    open(root, new TestRuns());
    apply(23);
    clock.millis += DAY;
    apply(4);
    store.maintain();
    assertThat(runs()).isEqualTo(1);
    assertThat(hotRows()).isEqualTo(4);
    assertThat(rows(store)).isEqualTo(upTo(27));
  }

  @Test
  void dayThatWasNotSealedToItsEnd_isAtTheNextStart() throws IOException {
    open(root, new TestRuns());
    apply(23);
    clock.millis += DAY;
    apply(4);
    store.commit();
    Path left = directory.resolve("left");
    TestRows.copy(root, left);
    store.close();
    open(left, new TestRuns());
    assertThat(runs()).isZero();
    assertThat(rows(store)).isEqualTo(upTo(27));
    store.maintain();
    assertThat(runs()).isEqualTo(1);
    apply(3);
    assertThat(rows(store)).isEqualTo(upTo(30));
    store.close();
    open(left, new TestRuns());
    assertThat(rows(store)).isEqualTo(upTo(30));
    assertThat(store.counters().quarantinedPartitions()).isZero();
  }

  @Test
  void crashBeforeTheCommitAfterSealing_leavesTheBlocks_crashAfterIt_leavesTheRun()
      throws IOException {
    open(root, new TestRuns());
    apply(90);
    store.commit();
    store.maintain();
    Path before = directory.resolve("before");
    TestRows.copy(root, before);
    int runs = runs();
    store.commit();
    Path after = directory.resolve("after");
    TestRows.copy(root, after);
    store.close();
    open(before, new TestRuns());
    assertThat(runs()).isZero();
    checkReplay(90);
    store.close();
    open(after, new TestRuns());
    assertThat(runs()).isEqualTo(runs);
    checkReplay(90);
  }

  private void checkReplay(long end) {
    assertThat(rows(store)).isEqualTo(upTo(end));
    assertThat(store.appliedUpTo()).isEqualTo(end);
    journal.replayToOne(store, 0);
    assertThat(rows(store)).isEqualTo(upTo(end));
  }

  @Test
  void rowsThatComeWhileARunIsMade_areAppliedFoundAndCommitted() throws Exception {
    HeldRuns held = new HeldRuns();
    open(root, held);
    apply(90);
    store.commit();
    Thread sealing = Thread.ofPlatform().start(store::maintain);
    await(held.begun);
    apply(50);
    store.commit();
    assertThat(store.appliedUpTo()).isEqualTo(140);
    assertThat(rows(store)).isEqualTo(upTo(140));
    assertThat(runs()).isZero();
    held.go.countDown();
    sealing.join();
    assertThat(runs()).isPositive();
    assertThat(rows(store)).isEqualTo(upTo(140));
  }

  @Test
  void dayThatEndsWhileARunIsMade_isSealedAfterwards() throws Exception {
    HeldRuns held = new HeldRuns();
    open(root, held);
    apply(90);
    store.commit();
    Thread sealing = Thread.ofPlatform().start(store::maintain);
    await(held.begun);
    clock.millis += DAY;
    apply(6);
    held.go.countDown();
    sealing.join();
    store.maintain();
    assertThat(rows(store)).isEqualTo(upTo(96));
    assertThat(hotRows()).isEqualTo(6);
  }

  @Test
  void closing_endsARunThatIsBeingMade() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    open(
        root,
        new TestRuns() {
          @Override
          public Run write(
              List<StoredParts> blocks,
              boolean[] growing,
              List<RunRef> earlier,
              Runnable checkpoint) {
            begun.countDown();
            while (true) {
              checkpoint.run();
            }
          }
        });
    apply(90);
    store.commit();
    Thread sealing = Thread.ofPlatform().start(store::maintain);
    await(begun);
    store.close();
    sealing.join();
    open(root, new TestRuns());
    assertThat(rows(store)).isEqualTo(upTo(90));
  }

  @Test
  void damagedBlock_staysOutOfItsRun() throws Exception {
    open(root, new TestRuns());
    apply(90);
    store.close();
    flip(root, TestRows.payload(40));
    open(root, new TestRuns());
    store.maintain();
    store.commit();
    assertThat(runs()).isPositive();
    assertThat(store.counters().damagedBlocks()).isEqualTo(1);
    assertThat(store.counters().sealedRows()).isPositive();
  }

  @Test
  void damagedBlockOfARun_isLostAloneWhenItIsSalvaged() throws Exception {
    sealOneDay();
    flip(root.resolve("20260115"), TestRows.payload(40));
    salvage();
    assertThat(store.counters().lostBlocks()).isEqualTo(1);
    List<Long> rows = rows(store);
    assertThat(rows).hasSize(74 - TestRuns.BLOCK_ROWS).doesNotContain(40L);
    assertThat(runs()).isEqualTo(1);
    assertThat(root.resolve("20260115.quarantine")).isDirectory();
  }

  @Test
  void damagedIndexOfARun_isMadeAnew() throws Exception {
    sealOneDay();
    flip(root.resolve("20260115"), TestRuns.indexPart(9));
    salvage();
    assertThat(store.counters().lostBlocks()).isZero();
    assertThat(rows(store)).isEqualTo(upTo(74));
    assertThat(root.resolve("20260115.quarantine")).doesNotExist();
  }

  private void sealOneDay() {
    runRows = 1000;
    open(root, new TestRuns());
    apply(72);
    clock.millis += DAY;
    apply(2);
    store.maintain();
    store.close();
  }

  /** As the next start does for a partition that a merge found damaged. */
  private void salvage() throws IOException {
    Files.createDirectories(root.resolve("20260115.salvage"));
    open(root, new TestRuns());
    store.maintain();
    assertThat(store.counters().salvagedPartitions()).isEqualTo(1);
  }

  private static void flip(Path where, byte[] wanted) throws IOException {
    String text = new String(wanted, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.walk(where)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        if (at >= 0) {
          bytes[at + wanted.length - 1] ^= 4;
          Files.write(file, bytes);
          return;
        }
      }
    }
    throw new AssertionError("not in any file");
  }
}
