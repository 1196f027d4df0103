package dev.sextant.storage.block;

import static dev.sextant.storage.block.TestRows.rows;
import static dev.sextant.storage.block.TestRows.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.StoreException;
import dev.sextant.storage.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power fails, or the disk is full, at each file operation while blocks become runs. */
class SealingCrashTest {
  private static final int SEEDS = Boolean.getBoolean("sextant.long") ? 40 : 2;
  private static final int STEP = Boolean.getBoolean("sextant.long") ? 1 : 17;

  @TempDir Path root;
  private final TestRows.Clock clock = new TestRows.Clock();

  private BlockStore open(Path directory, DirectoryOpener opener) {
    return BlockStore.open(
        directory,
        new TestRuns.Layout(new TestRuns()),
        TestRows.SETTINGS.toBuilder().runRows(40).build(),
        clock,
        opener);
  }

  @Test
  void powerFailure_leavesTheBlocksOrTheRun() throws IOException {
    Set<Integer> runsFound = new HashSet<>();
    int n = 1;
    while (crash(n, n, runsFound)) {
      for (int seed = 1; seed < SEEDS; seed++) {
        crash(n, 1000L * seed + n, runsFound);
      }
      n += STEP;
    }
    assertThat(n).as("operations").isGreaterThan(100);
    assertThat(runsFound).as("old set and new set were both met").hasSizeGreaterThan(1);
  }

  /** False where all was done before the power failed. */
  private boolean crash(int n, long seed, Set<Integer> runsFound) throws IOException {
    clock.millis = TestRows.START.toEpochMilli();
    TestRows journal = new TestRows();
    Path directory = root.resolve("at-" + n + "-" + seed);
    CrashDisk disk = new CrashDisk();
    BlockStore store = open(directory, path -> disk.wrap(path, FSDirectory.open(path)));
    TestRows.applyToOne(store, journal.next(90, clock.millis));
    store.commit();
    disk.dieAt(n);
    boolean died;
    try {
      store.maintain();
      store.commit();
      clock.millis += Duration.ofDays(1).toMillis();
      TestRows.applyToOne(store, journal.next(5, clock.millis));
      store.maintain();
      store.commit();
    } catch (StoreException e) {
      assertThat(disk.isDead()).as(e.toString()).isTrue();
    } finally {
      died = disk.isDead();
      disk.dieAt(1);
      closeDead(store);
    }
    Path left = root.resolve("left-" + n + "-" + seed);
    disk.copy(directory, left, seed);
    try (BlockStore after = open(left, FSDirectory::open)) {
      assertThat(after.counters().quarantinedPartitions()).isZero();
      assertThat(after.appliedUpTo()).isGreaterThanOrEqualTo(90);
      journal.replayToOne(after, after.appliedUpTo());
      assertThat(rows(after)).as("power fails at operation %d", n).isEqualTo(upTo(journal.end()));
      runsFound.add(runs(after));
      journal.replayToOne(after, 0);
      after.maintain();
      after.commit();
      assertThat(rows(after)).isEqualTo(upTo(journal.end()));
    }
    delete(directory);
    delete(left);
    return died;
  }

  private static int runs(BlockStore store) {
    try (BlockSnapshot snapshot = store.snapshot(BlockQuery.of("default", TimeRange.ALL))) {
      return snapshot.runs().size();
    }
  }

  /** Lets go of locks; nothing reaches the disk any more. */
  private static void closeDead(BlockStore store) {
    try {
      store.close();
    } catch (StoreException e) {
      assertThat(e).hasMessageContaining("the power is off");
    }
  }

  @Test
  void fullDisk_losesNothingAndSealsOnceThereIsRoom() throws IOException {
    int n = 1;
    while (fill(n)) {
      n += STEP;
    }
    assertThat(n).as("operations").isGreaterThan(50);
  }

  private boolean fill(int n) throws IOException {
    clock.millis = TestRows.START.toEpochMilli();
    TestRows journal = new TestRows();
    Path directory = root.resolve("full-" + n);
    FailingDisk disk = new FailingDisk();
    try (BlockStore store = open(directory, path -> disk.wrap(FSDirectory.open(path)))) {
      TestRows.applyToOne(store, journal.next(90, clock.millis));
      store.commit();
      disk.failFrom(n, 7);
      for (int i = 0; i < 4; i++) {
        store.maintain();
        assertThat(rows(store)).as("full from %d on", n).isEqualTo(upTo(90));
      }
      boolean failed = disk.hasFailed();
      disk.repair();
      // A merge may fail its writer at any moment, which is found out a round later: the run is
      // made again then.
      for (int i = 0; i < 5; i++) {
        store.maintain();
        store.commit();
        assertThat(rows(store)).isEqualTo(upTo(90));
      }
      assertThat(runs(store)).as("full from %d on", n).isPositive();
      return failed;
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
