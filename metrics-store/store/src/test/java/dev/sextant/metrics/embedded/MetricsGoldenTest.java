package dev.sextant.metrics.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.metrics.BatchText;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchCodec;
import dev.sextant.metrics.RandomBatches;
import dev.sextant.testing.golden.GoldenDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Metrics stores that earlier programs wrote. {@code sent/ROW-STAMP.batch} are the batches that one
 * took, as the journal has them, {@code .txt} beside each says what is in it. It has blocks of two
 * days, a base and a delta of the head.
 */
class MetricsGoldenTest {
  private static final String KIND = "metrics";
  private static final String TENANT = "default";
  private static final long START = Instant.parse("2026-01-15T12:00:00Z").toEpochMilli();
  private static final int LARGEST_BATCH = 1_500;
  private static final long LATER = START + Duration.ofHours(4).toMillis();

  @TempDir Path temporary;

  static List<GoldenDirectory> all() {
    return GoldenDirectory.all(KIND);
  }

  private static EmbeddedMetricsStore open(Path directory) {
    MetricsStoreSettings settings =
        MetricsStoreSettings.DEFAULT.withHead(1 << 20, Duration.ofHours(2));
    return EmbeddedMetricsStore.open(directory, settings, () -> Instant.ofEpochMilli(LATER));
  }

  private static void write(Path golden) throws IOException {
    Path sent = Files.createDirectories(golden.resolve("sent"));
    RandomBatches batches = new RandomBatches(1, START);
    Expected expected = new Expected();
    try (EmbeddedMetricsStore store = open(golden.resolve("data"))) {
      for (int i = 0; i < 20; i++) {
        long stamp = i < 12 ? START + 60_000L * i : LATER - 60_000L * (20 - i);
        Expected.Journaled next = expected.append(derivedNowAndThen(batches, i), stamp);
        String name = "%06d-%d".formatted(next.position().row(), stamp);
        Files.write(sent.resolve(name + ".batch"), bytes(next.batch()));
        Files.writeString(sent.resolve(name + ".txt"), BatchText.of(next.batch()));
        store.apply(next.batch(), next.position());
        if (i == 8 || i == 12 || i == 16) {
          store.commit();
        }
      }
      expected.check(store, "written");
    }
  }

  private static MetricsBatch derivedNowAndThen(RandomBatches batches, int number) {
    MetricsBatch batch = batches.next(TENANT);
    while (bytes(batch).length > LARGEST_BATCH) {
      batch = batches.next(TENANT);
    }
    return number % 6 == 5
        ? new MetricsBatch(
            TENANT,
            batch.targets(),
            batch.metadata(),
            new MetricsBatch.Derived(number * 100L, number * 50L, START + number))
        : batch;
  }

  private static byte[] bytes(MetricsBatch batch) {
    ByteBuffer payload = batch.payload();
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return bytes;
  }

  private static Expected sent(GoldenDirectory golden) throws IOException {
    Expected expected = new Expected();
    for (Path file : golden.files("sent")) {
      String[] name = file.getFileName().toString().split("[-.]", -1);
      if (name[2].equals("batch")) {
        MetricsBatch batch = MetricsBatchCodec.decode(Files.readAllBytes(file), TENANT);
        assertThat(expected.append(batch, Long.parseLong(name[1])).position().row())
            .isEqualTo(Long.parseLong(name[0]));
      }
    }
    return expected;
  }

  @Test
  void formatOfToday_hasADirectory() throws Exception {
    Path fresh = Files.createDirectories(temporary.resolve("fresh"));
    write(fresh);
    String format =
        "blocks-%d-head-%d-batches-%d"
            .formatted(
                version(fresh.resolve("data"), ".block", 4),
                version(fresh.resolve("data"), ".base", 4),
                version(fresh.resolve("sent"), ".batch", 0));

    Path data = GoldenDirectory.of(KIND, format, MetricsGoldenTest::write).data();

    assertThat(Directories.files(data, ".block")).hasSizeGreaterThan(1);
    assertThat(Directories.files(data, ".base")).isNotEmpty();
    assertThat(Directories.files(data, ".delta")).isNotEmpty();
  }

  private static int version(Path directory, String ending, int at) throws IOException {
    return Files.readAllBytes(Directories.files(directory, ending).getFirst())[at];
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyBatch_isDecodedToWhatItWas(GoldenDirectory golden) throws IOException {
    int compared = 0;
    for (Path file : golden.files("sent")) {
      if (file.toString().endsWith(".batch")) {
        MetricsBatch batch = MetricsBatchCodec.decode(Files.readAllBytes(file), TENANT);
        assertThat(BatchText.of(batch))
            .isEqualTo(Files.readString(Path.of(file.toString().replace(".batch", ".txt"))));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(20);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everySample_isReadAsItWasSent_alsoAfterMoreCame(GoldenDirectory golden) throws IOException {
    Expected expected = sent(golden);
    Path copy = temporary.resolve("copy");
    Directories.copy(golden.data(), copy);
    try (EmbeddedMetricsStore store = open(copy)) {
      assertThat(store.counts().damagedFiles()).isZero();
      assertThat(store.appliedUpTo()).isEqualTo(expected.end());
      expected.check(store, "opened");
      Expected.Journaled more = expected.append(new RandomBatches(2, LATER).next(TENANT), LATER);
      store.apply(more.batch(), more.position());
      store.commit();
      expected.check(store, "continued");
    }
    try (EmbeddedMetricsStore store = open(copy)) {
      expected.check(store, "opened again");
    }
  }
}
