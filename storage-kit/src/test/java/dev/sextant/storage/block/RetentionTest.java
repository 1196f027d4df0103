package dev.sextant.storage.block;

import static dev.sextant.storage.block.TestRows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = 24 * HOUR;

  @TempDir Path root;
  private final TestRows.Clock clock = new TestRows.Clock();
  private final TestRows journal = new TestRows();
  private BlockStore store;

  @BeforeEach
  void open() {
    store = TestRows.open(root, TestRows.SETTINGS.withRetention(Duration.ofDays(3)), clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void apply() {
    TestRows.apply(store, journal.next(10, clock.millis));
  }

  private void pass(long millis) {
    clock.millis += millis;
    store.maintain();
  }

  private static List<Long> from(long row, long end) {
    return LongStream.range(row, end).boxed().toList();
  }

  @Test
  void partitions_areDroppedWholeOnceAllTheirRowsAreOld() {
    for (int day = 0; day < 4; day++) {
      apply();
      pass(DAY);
    }
    assertThat(rows(store))
        .as("15 January ends 2 days and 12 hours before the newest stamp")
        .isEqualTo(from(0, 40));
    apply();
    pass(HOUR);
    assertThat(rows(store)).isEqualTo(from(10, 50));
    assertThat(root.resolve("20260115")).doesNotExist();
    assertThat(store.counters().droppedPartitions()).isEqualTo(1);
    assertThat(store.counters().refusedDrops()).isZero();
  }

  @Test
  void oldestPartition_isDroppedBeforeItsTime_whereAllTakeTooManyBytes() {
    store.close();
    store = TestRows.open(root, TestRows.SETTINGS.toBuilder().maxBytes(1).build(), clock);
    apply();
    pass(DAY);
    apply();
    store.commit();
    pass(HOUR);
    assertThat(rows(store)).as("the open partition stays").isEqualTo(from(10, 20));
    assertThat(store.counters().droppedPartitions()).isEqualTo(1);
    pass(HOUR);
    assertThat(store.counters().droppedPartitions()).isEqualTo(1);
  }

  @Test
  void onePartition_isDroppedInAnInterval() {
    for (int day = 0; day < 6; day++) {
      apply();
      clock.millis += DAY;
    }
    apply();
    pass(1);
    assertThat(store.counters().droppedPartitions()).isEqualTo(1);
    pass(HOUR - 1);
    assertThat(store.counters().droppedPartitions()).isEqualTo(1);
    pass(1);
    assertThat(store.counters().droppedPartitions()).isEqualTo(2);
    assertThat(rows(store)).isEqualTo(from(20, 70));
  }

  @Test
  void nothing_isDroppedWhileNothingArrives() {
    apply();
    pass(DAY);
    apply();
    pass(100 * DAY);
    assertThat(rows(store)).isEqualTo(from(0, 20));
    assertThat(store.counters().droppedPartitions()).isZero();
  }

  @Test
  void clockThatLeapsAhead_dropsNothing() {
    apply();
    pass(DAY);
    apply();
    pass(3650 * DAY);
    apply();
    pass(HOUR);
    assertThat(rows(store)).isEqualTo(from(0, 30));
    assertThat(store.counters().refusedDrops()).isEqualTo(1);
    pass(HOUR);
    assertThat(store.counters().refusedDrops()).isEqualTo(2);
    assertThat(store.counters().droppedPartitions()).isZero();
  }

  @Test
  void leap_isBelievedOnceADayOfStampsHasFollowed() {
    apply();
    pass(DAY);
    apply();
    pass(20 * DAY);
    for (int i = 0; i < 25; i++) {
      apply();
      pass(HOUR);
    }
    assertThat(store.counters().droppedPartitions()).isEqualTo(1);
    assertThat(store.counters().refusedDrops()).isPositive();
  }

  @Test
  void clockThatIsFarFromTheJournal_dropsNothing() {
    for (int day = 0; day < 5; day++) {
      apply();
      clock.millis += DAY;
    }
    apply();
    clock.millis -= 3 * DAY;
    store.maintain();
    assertThat(store.counters().droppedPartitions()).isZero();
    assertThat(store.counters().refusedDrops()).isEqualTo(1);
    clock.millis += 3 * DAY;
    store.maintain();
    assertThat(store.counters().droppedPartitions()).isEqualTo(1);
  }

  @Test
  void snapshot_keepsReadingAPartitionThatIsDropped() {
    for (int day = 0; day < 5; day++) {
      apply();
      clock.millis += DAY;
    }
    apply();
    store.maintain();
    try (BlockSnapshot snapshot =
        store.snapshot(BlockQuery.of("default", dev.sextant.storage.TimeRange.ALL))) {
      pass(HOUR);
      assertThat(store.counters().droppedPartitions()).isEqualTo(2);
      List<Block> blocks = snapshot.blocks().stream().map(BlockRef::open).toList();
      assertThat(blocks).allSatisfy(block -> assertThat(((RowBlock) block).times()).isNotEmpty());
      assertThat(blocks.stream().mapToInt(Block::rows).sum()).isEqualTo(50);
    }
    assertThat(rows(store)).isEqualTo(from(20, 60));
  }
}
