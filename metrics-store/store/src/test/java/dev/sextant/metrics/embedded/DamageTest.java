package dev.sextant.metrics.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.storage.Position;
import dev.sextant.storage.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
  private static final long START = 1_699_963_200_000L;
  private static final long DAY = 86_400_000;
  private static final int SERIES = 20;

  @TempDir Path temporary;
  private Path root;
  private long row;

  private EmbeddedMetricsStore open(Path directory) {
    MetricsStoreSettings settings =
        MetricsStoreSettings.DEFAULT
            .withHead(1 << 20, Duration.ofHours(2))
            .withRetention(Duration.ofDays(30));
    return EmbeddedMetricsStore.open(directory, settings, () -> Instant.ofEpochMilli(START));
  }

  @BeforeEach
  void createDirectory() {
    root = temporary.resolve("store");
  }

  /** One sample a series. */
  private void apply(EmbeddedMetricsStore store, long time, long stamp) {
    MetricsBatchBuilder batch = new MetricsBatchBuilder("default");
    for (int i = 0; i < SERIES; i++) {
      batch.add(
          Labels.of("job", "a"),
          Labels.of("__name__", "up", "n", "v" + i),
          time,
          i + time % 1000 / 7.0);
    }
    MetricsBatch built = batch.build();
    store.apply(built, new Position(row, stamp));
    row += built.rows();
  }

  /** Two days, each with a block; a delta with one more time. */
  private void fill(Path directory) {
    row = 0;
    try (EmbeddedMetricsStore store = open(directory)) {
      for (int i = 0; i < 50; i++) {
        apply(store, START - DAY + 15_000L * i, START);
        apply(store, START + 15_000L * i, START);
      }
      apply(store, START + 2 * 3_600_000, START + 2 * 3_600_000);
      store.commit();
      apply(store, START + 3 * 3_600_000, START + 2 * 3_600_000);
    }
  }

  private static long samples(EmbeddedMetricsStore store, Matcher... matchers) {
    long samples = 0;
    try (SeriesSet set =
        store
            .query("default")
            .select(0, Long.MAX_VALUE, List.of(matchers), SeriesSource.Hints.NONE)) {
      while (set.next()) {
        var cursor = set.samples();
        while (cursor.next() != SampleCursor.Type.NONE) {
          samples++;
        }
      }
    }
    return samples;
  }

  private Path only(Path directory, String ending) {
    return Directories.files(directory, ending).get(0);
  }

  private static void flip(Path file, int bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    Files.write(file, bytes);
  }

  @Test
  void wholeFiles_areReadBackWhole() {
    fill(root);
    assertThat(Directories.files(root, ".block")).hasSize(2);
    assertThat(Directories.files(root, ".delta")).hasSize(1);
    assertThat(Directories.files(root, ".base")).hasSize(1);
    try (EmbeddedMetricsStore store = open(root)) {
      assertThat(samples(store)).isEqualTo(102L * SERIES);
      assertThat(store.counts().damagedFiles()).isZero();
    }
  }

  /**
   * Wherever the bit is, either opening or reading finds it, and what it did not touch is served.
   */
  @Test
  void block_anyBitFlipped_isFoundAndTheRestServed() throws IOException {
    fill(root);
    int bits = (int) Files.size(only(root, ".block")) * 8;
    Random random = new Random(1);
    for (int round = 0; round < 60; round++) {
      Path copy = root.resolveSibling(root.getFileName() + "-" + round);
      Directories.copy(root, copy);
      flip(only(copy, ".block"), random.nextInt(bits));
      try (EmbeddedMetricsStore store = open(copy)) {
        boolean aside = store.counts().damagedFiles() == 1;
        if (!aside) {
          assertThatThrownBy(() -> samples(store))
              .isInstanceOf(StoreException.class)
              .hasMessageContaining(".block");
          store.commit();
        }
        assertThat(samples(store)).isBetween(52L * SERIES, 102L * SERIES - 1);
        assertThat(store.counts().damagedFiles()).isEqualTo(1);
        assertThat(Directories.files(copy, ".damaged")).hasSize(1);
      }
    }
  }

  @Test
  void column_flipped_othersAreServedBeforeTheNextCommit() throws IOException {
    fill(root);
    flip(only(root, ".block"), 8 * (FileHeader.LENGTH + 30));
    try (EmbeddedMetricsStore store = open(root)) {
      int refused = 0;
      for (int i = 0; i < SERIES; i++) {
        Matcher one = Matcher.equal("n", "v" + i);
        try {
          assertThat(samples(store, one)).isEqualTo(102);
        } catch (StoreException damage) {
          refused++;
        }
      }
      assertThat(refused).isEqualTo(1);
    }
  }

  @Test
  void headFile_anyBitFlipped_isPutAsideAndTheJournalFillsTheHole() throws IOException {
    fill(root);
    Random random = new Random(2);
    for (int round = 0; round < 40; round++) {
      String kind = round % 2 == 0 ? ".delta" : ".base";
      Path copy = root.resolveSibling(root.getFileName() + "-" + round);
      Directories.copy(root, copy);
      Path file = only(copy, kind);
      flip(file, random.nextInt((int) Files.size(file) * 8));
      try (EmbeddedMetricsStore store = open(copy)) {
        assertThat(store.counts().damagedFiles()).isEqualTo(1);
        assertThat(store.appliedUpTo()).isEqualTo(kind.equals(".delta") ? 101L * SERIES : 0);
        assertThat(Directories.files(copy, ".damaged")).hasSize(1);
        row = 101L * SERIES;
        apply(store, START + 3 * 3_600_000, START + 2 * 3_600_000);
        assertThat(samples(store)).isEqualTo(102L * SERIES);
      }
      try (EmbeddedMetricsStore store = open(copy)) {
        assertThat(samples(store)).isEqualTo(102L * SERIES);
        assertThat(store.appliedUpTo()).isEqualTo(102L * SERIES);
      }
    }
  }

  @Test
  void unknownVersion_isRefusedAndTheFileLeftAlone() throws IOException {
    for (String ending : List.of(".block", ".delta")) {
      Path copy = root.resolve("copy-of-" + ending.substring(1));
      fill(copy);
      Path file = only(copy, ending);
      byte[] bytes = Files.readAllBytes(file);
      bytes[4] = 2;
      CRC32C crc = new CRC32C();
      crc.update(bytes, 0, 5);
      for (int i = 0; i < 4; i++) {
        bytes[5 + i] = (byte) (crc.getValue() >>> 8 * i);
      }
      Files.write(file, bytes);
      assertThatThrownBy(() -> open(copy))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("version 2");
      assertThat(file).exists();
    }
  }

  /** Only the head's batches are of another version; all checksums are right. */
  @Test
  void unknownVersionOfABatch_isRefusedAndTheFileLeftAlone() throws IOException {
    fill(root);
    Path file = only(root, ".delta");
    byte[] bytes = Files.readAllBytes(file);
    int batch = FileHeader.LENGTH + 8 + 1 + 1 + "default".length() + 2;
    assertThat(bytes[batch]).isEqualTo((byte) 2);
    bytes[batch] = 3;
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    for (int i = 0; i < 4; i++) {
      bytes[bytes.length - 4 + i] = (byte) (crc.getValue() >>> 8 * i);
    }
    Files.write(file, bytes);
    assertThatThrownBy(() -> open(root))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("version 3");
    assertThat(file).exists();
  }

  @Test
  void emptyFiles_areDamageNotAFailure() throws IOException {
    fill(root);
    for (String ending : List.of(".block", ".delta", ".base")) {
      Files.write(only(root, ending), new byte[0]);
    }
    try (EmbeddedMetricsStore store = open(root)) {
      assertThat(store.counts().damagedFiles()).isEqualTo(3);
      assertThat(samples(store)).isEqualTo(51L * SERIES);
    }
  }

  @Test
  void strangeDirectoryAmongTheBlocks_isNamed() throws IOException {
    fill(root);
    Files.createDirectories(root.resolve("blocks/t-default/lost+found"));
    assertThatThrownBy(() -> open(root))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("lost+found");
  }
}
