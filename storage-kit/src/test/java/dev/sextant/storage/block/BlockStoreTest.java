package dev.sextant.storage.block;

import static dev.sextant.storage.block.TestRows.T0;
import static dev.sextant.storage.block.TestRows.rows;
import static dev.sextant.storage.block.TestRows.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockStoreTest {
  @TempDir Path root;
  private final TestRows.Clock clock = new TestRows.Clock();
  private final TestRows journal = new TestRows();
  private BlockStore store;

  @BeforeEach
  void open() {
    store = TestRows.open(root, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void apply(int rows) {
    TestRows.apply(store, journal.next(rows, clock.millis));
  }

  @Test
  void rows_areFoundOnceInEveryStateOfABlock() {
    for (int i = 1; i <= 40; i++) {
      apply(1 + i % 5);
      assertThat(rows(store)).isEqualTo(upTo(journal.end()));
      if (i % 7 == 0) {
        store.maintain();
        assertThat(rows(store)).isEqualTo(upTo(journal.end()));
      }
      if (i % 11 == 0) {
        store.commit();
        assertThat(rows(store)).isEqualTo(upTo(journal.end()));
      }
    }
    assertThat(store.counters().blocksClosed()).isGreaterThan(10);
  }

  @Test
  void rows_areFoundOnceWhileBlocksClose() {
    AtomicLong applied = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    List<CompletableFuture<String>> readers =
        IntStream.range(0, 2)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> watch(applied, done)))
            .toList();
    CompletableFuture<Void> background =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                store.commit();
                store.maintain();
              }
            });
    for (int i = 0; i < 600; i++) {
      apply(1 + i % 9);
      applied.set(journal.end());
    }
    done.set(true);
    background.join();
    assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isEmpty());
    assertThat(rows(store)).isEqualTo(upTo(journal.end()));
  }

  private String watch(AtomicLong applied, AtomicBoolean done) {
    while (!done.get()) {
      long floor = applied.get();
      List<Long> seen = rows(store);
      if (seen.size() < floor || !seen.equals(upTo(seen.size()))) {
        return "of at least " + floor + " rows, these: " + seen;
      }
    }
    return "";
  }

  @Test
  void snapshot_staysAsItWasWhileBlocksCloseAndMerge() {
    apply(20);
    try (BlockSnapshot snapshot = store.snapshot(BlockQuery.of("default", TimeRange.ALL))) {
      apply(20);
      store.commit();
      long rows = snapshot.blocks().stream().mapToLong(ref -> ref.open().rows()).sum();
      assertThat(rows).isEqualTo(20);
    }
  }

  @Test
  void query_narrowsByTenantServiceTimeAndTerms() {
    apply(60);
    store.commit();
    assertThat(rows(store, BlockQuery.of("other", TimeRange.ALL))).isEmpty();
    assertThat(
            rows(store, new BlockQuery("default", TimeRange.ALL, Set.of("service-1"), List.of())))
        .hasSize(20)
        .allMatch(row -> row % 3 == 1);
    assertThat(rows(store, BlockQuery.of("default", new TimeRange(T0 + 100, T0 + 200)))).isEmpty();
    assertThat(rows(store, BlockQuery.of("default", new TimeRange(T0 + 3, T0 + 4))))
        .contains(3L)
        .hasSizeLessThan(60);
    assertThat(rows(store, withTerm(TermMatch.exact("digitd")))).contains(3L, 13L);
    assertThat(rows(store, withTerm(TermMatch.exact("igitd")))).isEmpty();
    assertThat(rows(store, withTerm(new TermMatch("igitd", true, false)))).contains(3L, 13L);
    assertThat(rows(store, withTerm(new TermMatch("igit", true, false)))).isEmpty();
    assertThat(rows(store, withTerm(new TermMatch("igit", true, true)))).hasSize(60);
    assertThat(rows(store, withTerm(new TermMatch("digit", false, true)))).hasSize(60);
  }

  private static BlockQuery withTerm(TermMatch term) {
    return new BlockQuery("default", TimeRange.ALL, Set.of(), List.of(term));
  }

  @Test
  void blocks_closeByRowsByAgeAndByMemory() {
    apply(21);
    assertThat(store.counters().blocksClosed()).isZero();
    apply(3);
    assertThat(store.counters().blocksClosed()).isEqualTo(3);
    apply(3);
    clock.millis += 29_999;
    store.maintain();
    assertThat(store.counters().blocksClosed()).isEqualTo(3);
    clock.millis += 1;
    store.maintain();
    assertThat(store.counters().blocksClosed()).isEqualTo(6);

    BlockSettings tight =
        TestRows.SETTINGS.withBlocks(1000, 1 << 20, Duration.ofDays(1)).withOpenBytes(20_000);
    try (BlockStore small = TestRows.open(root.resolve("small"), tight, clock)) {
      TestRows.apply(small, new TestRows().next(3, clock.millis));
      assertThat(small.counters().blocksClosed()).isPositive();
      assertThat(rows(small)).isEqualTo(upTo(3));
    }
  }

  @Test
  void appliedUpTo_isTheOldestOpenRowAfterACheckpoint() {
    apply(4);
    apply(21);
    clock.millis += 20_000;
    TestRows.apply(store, journal.next(1, clock.millis));
    clock.millis += 10_000;
    store.maintain();
    assertThat(store.appliedUpTo()).as("row 25 is in a block that is not old yet").isEqualTo(25);
    store.commit();
    assertThat(store.appliedUpTo()).isEqualTo(26);
  }

  @Test
  void newDay_beginsAPartitionAndMergesTheOld() {
    apply(30);
    store.commit();
    apply(30);
    clock.millis += Duration.ofDays(1).toMillis();
    apply(30);
    assertThat(root.resolve("20260115")).isDirectory();
    assertThat(root.resolve("20260116")).isDirectory();
    assertThat(store.appliedUpTo()).isEqualTo(60);
    assertThat(rows(store)).isEqualTo(upTo(90));
    store.maintain();
    assertThat(rows(store)).isEqualTo(upTo(90));
    assertThat(root.resolve("20260115").toFile().list((d, name) -> name.endsWith(".si")))
        .hasSize(1);

    store.close();
    store = TestRows.open(root, clock);
    assertThat(rows(store)).isEqualTo(upTo(90));
  }

  @Test
  void largeDays_areCutIntoHours_untilTheyAreSmallAgain() {
    store.close();
    store = TestRows.open(root, TestRows.SETTINGS.withDayBytes(20_000), clock);
    for (int hour = 0; hour < 12; hour++) {
      apply(80);
      store.maintain();
      store.commit();
      clock.millis += Duration.ofHours(1).toMillis();
    }
    assertThat(root.resolve("20260115")).isDirectory();
    assertThat(root.resolve("2026011514")).isDirectory();
    assertThat(root.resolve("20260115").resolveSibling("2026011512")).doesNotExist();
    for (int day = 0; day < 4; day++) {
      apply(1);
      store.commit();
      clock.millis += Duration.ofDays(1).toMillis();
    }
    assertThat(root.resolve("20260118")).as("days are small again").isDirectory();
    assertThat(rows(store)).isEqualTo(upTo(964));
    store.close();
    store = TestRows.open(root, clock);
    assertThat(rows(store)).isEqualTo(upTo(964));
  }

  @Test
  void sealedPartitions_areOpenedLazilyAndBounded() {
    store.close();
    BlockSettings few =
        TestRows.SETTINGS.toBuilder().openPartitions(2).retention(Duration.ofDays(100)).build();
    store = TestRows.open(root, few, clock);
    for (int day = 0; day < 6; day++) {
      apply(10);
      clock.millis += Duration.ofDays(1).toMillis();
    }
    store.maintain();
    assertThat(store.openPartitions()).isZero();
    assertThat(rows(store)).isEqualTo(upTo(60));
    assertThat(store.openPartitions()).isEqualTo(2);
  }

  @Test
  void feedThatFailsHalfWay_leavesItsFirstRowsOnce() {
    TestRows.Batch batch = journal.next(10, clock.millis);
    assertThatThrownBy(
            () ->
                store.apply(
                    "default",
                    batch.position(),
                    10,
                    appender -> {
                      throw new IllegalStateException("half-way");
                    }))
        .hasMessage("half-way");
    TestRows.apply(store, batch);
    TestRows.apply(store, batch);
    assertThat(rows(store)).isEqualTo(upTo(10));
  }

  @Test
  void secondStoreOnOneDirectory_isRefused() {
    apply(1);
    assertThatThrownBy(() -> TestRows.open(root, clock))
        .isInstanceOf(dev.sextant.storage.StoreException.class)
        .hasMessageContaining("test: cannot open");
    assertThat(rows(store)).isEqualTo(upTo(1));
  }
}
