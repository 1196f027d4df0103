package dev.sextant.storage.block;

import static dev.sextant.storage.block.TestRows.rows;
import static dev.sextant.storage.block.TestRows.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockRecoveryTest {
  @TempDir Path root;
  private final TestRows.Clock clock = new TestRows.Clock();

  /**
   * Work as chance has it; at random points the files are taken as a killed process would leave
   * them, and replayed.
   */
  @Test
  void crashAnywhere_losesAndRepeatsNothingAfterReplay() throws Exception {
    int seeds = Boolean.getBoolean("sextant.long") ? 300 : 5;
    for (int seed = 0; seed < seeds; seed++) {
      crashes(seed);
    }
  }

  private void crashes(int seed) throws IOException {
    Random random = new Random(seed);
    TestRows journal = new TestRows();
    Path directory = root.resolve("seed-" + seed + "-0");
    BlockStore store = TestRows.open(directory, clock);
    for (int step = 1; step <= 60; step++) {
      switch (random.nextInt(12)) {
        case 0 -> store.commit();
        case 1 -> {
          clock.millis += random.nextInt(40_000);
          store.maintain();
        }
        case 2 -> {
          Path left = root.resolve("seed-" + seed + "-" + step);
          TestRows.copy(directory, left);
          store.close();
          directory = left;
          store = TestRows.open(directory, clock);
          assertThat(store.appliedUpTo()).isLessThanOrEqualTo(journal.end());
          journal.replay(
              store,
              random.nextBoolean()
                  ? store.appliedUpTo()
                  : random.nextInt((int) store.appliedUpTo() + 1));
        }
        case 3 -> clock.millis += random.nextInt(4) == 0 ? Duration.ofHours(20).toMillis() : 1;
        default -> TestRows.apply(store, journal.next(1 + random.nextInt(30), clock.millis));
      }
      assertThat(rows(store)).as("seed %d, step %d", seed, step).isEqualTo(upTo(journal.end()));
    }
    store.close();
  }

  @Test
  void crashDuringReplay_recoversAgain() throws Exception {
    TestRows journal = new TestRows();
    Path directory = root.resolve("first");
    BlockStore store = TestRows.open(directory, clock);
    for (int i = 0; i < 10; i++) {
      TestRows.apply(store, journal.next(7, clock.millis));
      clock.millis += 4_000;
      store.maintain();
    }
    for (int crash = 0; crash < 10; crash++) {
      Path left = root.resolve("crash-" + crash);
      TestRows.copy(directory, left);
      store.close();
      directory = left;
      store = TestRows.open(directory, clock);
      long from = store.appliedUpTo();
      BlockStore replayed = store;
      journal.journal.stream()
          .filter(batch -> batch.end() > from)
          .limit(crash)
          .forEach(batch -> TestRows.apply(replayed, batch));
      clock.millis += 31_000;
      store.maintain();
    }
    journal.replay(store, store.appliedUpTo());
    assertThat(rows(store)).isEqualTo(upTo(70));
    store.close();
  }

  /**
   * The disk refuses to write from the n-th time on, for a while, for every n until none is
   * reached.
   */
  @Test
  void fullDisk_losesNothingAndWorksAgainWithRoom() throws Exception {
    boolean reached = true;
    int step = Boolean.getBoolean("sextant.long") ? 1 : 83;
    for (int n = 1; reached; n += step) {
      reached = fillDisk(n);
    }
  }

  private boolean fillDisk(int n) throws IOException {
    TestRows journal = new TestRows();
    FailingDisk disk = new FailingDisk();
    Path directory = root.resolve("full-" + n);
    BlockStore store =
        BlockStore.open(
            directory,
            TestRows.LAYOUT,
            TestRows.SETTINGS,
            clock,
            path -> disk.wrap(FSDirectory.open(path)));
    disk.failFrom(n, 5);
    for (int i = 0; i < 12; i++) {
      offerUntilTaken(store, journal.next(11, clock.millis));
      assertThat(rows(store)).as("writes fail from %d on", n).isEqualTo(upTo(journal.end()));
      clock.millis += 16_000;
      store.maintain();
      if (i == 6) {
        clock.millis += Duration.ofDays(1).toMillis();
      }
    }
    disk.repair();
    store.commit();
    assertThat(store.appliedUpTo()).isEqualTo(journal.end());
    assertThat(rows(store)).isEqualTo(upTo(journal.end()));

    Path left = root.resolve("full-left-" + n);
    TestRows.copy(directory, left);
    store.close();
    try (BlockStore again = TestRows.open(left, clock)) {
      journal.replay(again, again.appliedUpTo());
      assertThat(rows(again)).as("after failing from %d on", n).isEqualTo(upTo(journal.end()));
      assertThat(again.counters().quarantinedPartitions()).isZero();
    }
    return disk.hasFailed();
  }

  private static void offerUntilTaken(BlockStore store, TestRows.Batch batch) {
    for (int tries = 0; tries < 20; tries++) {
      try {
        TestRows.apply(store, batch);
        return;
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining("test: ");
      }
    }
    throw new AssertionError("never taken: " + batch);
  }
}
