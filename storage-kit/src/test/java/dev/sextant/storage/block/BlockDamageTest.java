package dev.sextant.storage.block;

import static dev.sextant.storage.block.TestRows.rows;
import static dev.sextant.storage.block.TestRows.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.StoreException;
import dev.sextant.storage.TimeRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockDamageTest {
  @TempDir Path root;
  private final TestRows.Clock clock = new TestRows.Clock();
  private final TestRows journal = new TestRows();

  private void write(int rows) {
    try (BlockStore store = TestRows.open(root, clock)) {
      TestRows.apply(store, journal.next(rows, clock.millis));
    }
  }

  @Test
  void flippedBit_isFoundOnReadAndNothingElseIsLost() throws Exception {
    write(72);
    flip(TestRows.payload(40));
    try (BlockStore store = TestRows.open(root, clock);
        BlockSnapshot snapshot = store.snapshot(BlockQuery.of("default", TimeRange.ALL))) {
      List<RowBlock> damaged = new ArrayList<>();
      List<Long> served = new ArrayList<>();
      for (BlockRef ref : snapshot.blocks()) {
        RowBlock block = (RowBlock) ref.open();
        try {
          for (int i = 0; i < block.rows(); i++) {
            assertThat(block.payload(i).copy()).isEqualTo(TestRows.payload(block.rowNumbers()[i]));
            served.add(block.rowNumbers()[i]);
          }
        } catch (BlockDamagedException e) {
          assertThat(e).hasMessageContaining("partition 20260115").hasMessageContaining("payload");
          damaged.add(block);
        }
      }
      assertThat(damaged).hasSize(1);
      assertThat(served).hasSize(64).doesNotContain(40L);
      assertThat(damaged.getFirst().rowNumbers())
          .as("other parts of the block are served")
          .contains(40);
      assertThat(damaged.getFirst().column(0)).contains(1600);
    }
  }

  @Test
  void mergeThatMeetsDamage_salvagesEveryOtherBlock() throws Exception {
    salvage(TestRows.payload(40));
    assertThat(root.resolve("20260115.quarantine")).isDirectory();
    try (BlockStore store = TestRows.open(root, clock)) {
      assertThat(rows(store)).hasSize(66).doesNotContain(40L).contains(0L, 39L, 71L, 73L);
      assertThat(rows(store, wordQuery("digitb"))).as("terms are made again").contains(1L, 71L);
    }
  }

  @Test
  void damageToWhatFollowsFromTheRows_losesNothing() throws Exception {
    salvage(TestRows.summary(0));
    assertThat(root.resolve("20260115.quarantine")).doesNotExist();
    try (BlockStore store = TestRows.open(root, clock)) {
      assertThat(rows(store)).isEqualTo(upTo(74));
    }
  }

  private static BlockQuery wordQuery(String term) {
    return new BlockQuery("default", TimeRange.ALL, Set.of(), List.of(TermMatch.exact(term)));
  }

  /** Damages a partition at some bytes, ends its day and lets it be merged. */
  private void salvage(byte[] place) throws Exception {
    write(30);
    write(42);
    flip(place);
    try (BlockStore store = TestRows.open(root, clock)) {
      clock.millis += Duration.ofDays(1).toMillis();
      TestRows.apply(store, journal.next(2, clock.millis));
      store.maintain();
      assertThat(store.counters().salvagedPartitions()).isEqualTo(1);
      assertThat(root.resolve("20260115.salvage")).doesNotExist();
    }
  }

  @Test
  void salvageThatACrashEnded_isBegunAgain() throws Exception {
    write(72);
    flip(TestRows.payload(40));
    clock.millis += Duration.ofDays(1).toMillis();
    write(2);
    TestRows.copy(root.resolve("20260116"), root.resolve("20260115.salvage"));
    try (BlockStore store = TestRows.open(root, clock)) {
      store.maintain();
      assertThat(store.counters().salvagedPartitions()).isEqualTo(1);
      assertThat(store.counters().lostBlocks()).isEqualTo(1);
      assertThat(rows(store)).hasSize(66).doesNotContain(40L);
    }
  }

  @Test
  void exchangeThatACrashCutInTwo_isCompleted() throws Exception {
    write(72);
    clock.millis += Duration.ofDays(1).toMillis();
    write(2);
    Files.move(root.resolve("20260115"), root.resolve("20260115.salvage"));
    try (BlockStore store = TestRows.open(root, clock)) {
      assertThat(rows(store)).isEqualTo(upTo(74));
      assertThat(root.resolve("20260115")).isDirectory();
    }
  }

  private void flip(byte[] wanted) throws IOException {
    String text = new String(wanted, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.walk(root)) {
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

  @Test
  void damagedPartition_isPutAsideAndOthersAreServed() throws Exception {
    write(10);
    clock.millis += Duration.ofDays(1).toMillis();
    write(10);
    clock.millis += Duration.ofDays(1).toMillis();
    write(10);
    ruin(root.resolve("20260116"));
    try (BlockStore store = TestRows.open(root, clock)) {
      assertThat(store.counters().quarantinedPartitions()).isEqualTo(1);
      assertThat(root.resolve("20260116.quarantine")).isDirectory();
      assertThat(rows(store)).hasSize(20).contains(0L, 29L).doesNotContain(10L);
      assertThat(store.appliedUpTo()).isEqualTo(30);
    }
  }

  @Test
  void damagedNewestPartition_isBroughtBackByReplay() throws Exception {
    write(10);
    clock.millis += Duration.ofDays(1).toMillis();
    write(10);
    ruin(root.resolve("20260116"));
    try (BlockStore store = TestRows.open(root, clock)) {
      assertThat(store.appliedUpTo()).isEqualTo(10);
      journal.replay(store, store.appliedUpTo());
      assertThat(rows(store)).isEqualTo(upTo(20));
    }
  }

  @Test
  void missingFileOfASealedPartition_isFoundWhenItIsOpened() throws Exception {
    write(10);
    clock.millis += Duration.ofDays(1).toMillis();
    write(10);
    try (BlockStore store = TestRows.open(root, clock)) {
      try (Stream<Path> files = Files.list(root.resolve("20260115"))) {
        for (Path file :
            files
                .filter(f -> f.toString().endsWith(".cfs") || f.toString().endsWith(".dvd"))
                .toList()) {
          Files.delete(file);
        }
      }
      assertThat(rows(store)).hasSize(10).doesNotContain(0L);
      assertThat(store.counters().quarantinedPartitions()).isEqualTo(1);
      assertThat(root.resolve("20260115.quarantine")).isDirectory();
      assertThat(rows(store)).hasSize(10);
    }
  }

  private static void ruin(Path partition) throws IOException {
    try (Stream<Path> files = Files.list(partition)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("segments")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }
  }

  @Test
  void unknownFormat_isRefusedAndLeftAlone() throws Exception {
    write(10);
    try (FSDirectory directory = FSDirectory.open(root.resolve("20260115"));
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.setLiveCommitData(Map.of("format", "3", "rows-up-to", "10").entrySet());
      writer.commit();
    }
    assertThatThrownBy(() -> TestRows.open(root, clock))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("partition 20260115 has format 3, this program reads format 2");
    assertThat(root.resolve("20260115")).isDirectory();
  }

  @Test
  void partitionThatACrashLeftUnborn_isBegunAnew() throws Exception {
    write(10);
    clock.millis += Duration.ofDays(1).toMillis();
    Files.createDirectories(root.resolve("20260116"));
    Files.createFile(root.resolve("20260116/write.lock"));
    write(10);
    try (BlockStore store = TestRows.open(root, clock)) {
      assertThat(rows(store)).isEqualTo(upTo(20));
      assertThat(store.counters().quarantinedPartitions()).isZero();
    }
  }

  @Test
  void foreignDirectories_areLeftAlone() throws Exception {
    Files.createDirectories(root.resolve("lost+found"));
    Files.createDirectories(root.resolve("20261399"));
    write(10);
    assertThat(root.resolve("lost+found")).isDirectory();
    assertThat(root.resolve("20261399")).isDirectory();
  }

  @Test
  void partitionsOfHours_areReadToo() throws Exception {
    write(10);
    Files.move(root.resolve("20260115"), root.resolve("2026011512"));
    try (BlockStore store = TestRows.open(root, clock)) {
      assertThat(rows(store)).isEqualTo(upTo(10));
    }
  }
}
