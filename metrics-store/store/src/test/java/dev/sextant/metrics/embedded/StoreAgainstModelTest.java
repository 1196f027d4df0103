package dev.sextant.metrics.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.metrics.RandomBatches;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.Matcher.Type;
import dev.sextant.storage.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random batches, commits, restarts and crashes, held against plain maps. */
class StoreAgainstModelTest {
  private static final int SEEDS = Boolean.getBoolean("sextant.long") ? 300 : 3;
  private static final int STEPS = 150;
  private static final long START = 1_700_000_000_000L;

  @TempDir Path temporary;
  private Path root;
  private Random random;
  private Expected expected;
  private long now;
  private int copies;

  static List<Integer> seeds() {
    return IntStream.range(0, SEEDS).boxed().toList();
  }

  private MetricsStoreSettings settings() {
    long bytes = random.nextInt(3) == 0 ? 50_000 : 10_000_000;
    return MetricsStoreSettings.DEFAULT.withHead(bytes, Duration.ofMinutes(20));
  }

  private EmbeddedMetricsStore open(Path directory, StoreFiles files) {
    return EmbeddedMetricsStore.open(directory, settings(), () -> Instant.ofEpochMilli(now), files);
  }

  private void begin(int seed) {
    root = temporary.resolve("store");
    random = new Random(seed);
    expected = new Expected();
    now = START;
  }

  private void apply(EmbeddedMetricsStore store, RandomBatches batches) {
    now += random.nextInt(60_000);
    Expected.Journaled record =
        expected.append(batches.next(random.nextInt(5) == 0 ? "Other/Tenant" : "default"), now);
    store.apply(record.batch(), record.position());
  }

  private void replay(EmbeddedMetricsStore store) {
    long from = store.appliedUpTo();
    assertThat(from).isLessThanOrEqualTo(expected.end());
    expected.replay(store, random.nextBoolean() ? from : random.nextLong(from + 1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderOfCommitsAndRestarts(int seed) {
    begin(seed);
    RandomBatches batches = new RandomBatches(seed, START);
    EmbeddedMetricsStore store = open(root, new StoreFiles());
    for (int step = 0; step < STEPS; step++) {
      apply(store, batches);
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> {
          store.commit();
          assertThat(store.appliedUpTo()).isEqualTo(expected.end());
        }
        case 3 -> {
          store.close();
          store = open(root, new StoreFiles());
          assertThat(store.appliedUpTo()).isEqualTo(expected.end());
        }
        case 4 -> {
          store = open(crashed(), new StoreFiles());
          replay(store);
        }
        case 5 -> expected.check(store, "seed " + seed + " step " + step);
        default -> query(store);
      }
    }
    expected.check(store, "seed " + seed);
    store.close();
  }

  private Path crashed() {
    Path copy = root.resolveSibling(root.getFileName() + "-" + copies++);
    Directories.copy(root, copy);
    root = copy;
    return copy;
  }

  private void query(EmbeddedMetricsStore store) {
    long from = now - random.nextInt(90_000_000);
    long to = from + random.nextInt(3_600_000);
    List<Matcher> matchers =
        List.of(
            new Matcher(Type.values()[random.nextInt(4)], "job", "job" + random.nextInt(3)),
            new Matcher(
                Type.REGEX, "__name__", random.nextBoolean() ? "metric.*" : "metric1|metric4"),
            new Matcher(random.nextBoolean() ? Type.NOT_REGEX : Type.REGEX, "path", "/é[0-2]|"));
    expected.check(store, "default", from, to, matchers);
  }

  /**
   * Before and after every change of a file the directory is copied, opened, caught up and
   * compared.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void crashAtEveryChangeOfAFile(int seed) {
    begin(seed);
    RandomBatches batches = new RandomBatches(seed, START);
    EmbeddedMetricsStore store = open(root, new CrashingFiles());
    for (int step = 0; step < STEPS / 3; step++) {
      apply(store, batches);
      if (random.nextInt(5) == 0) {
        store.commit();
      }
    }
    expected.check(store, "seed " + seed);
    store.close();
  }

  private final class CrashingFiles extends StoreFiles {
    private void crash(String moment, Path file) {
      Path copy = root.resolveSibling(root.getFileName() + "-crash-" + copies++);
      Directories.copy(root, copy);
      try (EmbeddedMetricsStore recovered = open(copy, new StoreFiles())) {
        replay(recovered);
        expected.check(recovered, moment + " " + file);
        recovered.commit();
        expected.check(recovered, moment + " " + file + ", committed");
      }
    }

    @Override
    void replace(Path file, ByteBuffer content) {
      super.replace(file, content);
      crash("after writing", file);
    }

    @Override
    void delete(Path file) {
      super.delete(file);
      crash("after deleting", file);
    }
  }

  /** A disk that fails now and then: the commit fails, nothing is lost, the next one succeeds. */
  @ParameterizedTest
  @MethodSource("seeds")
  void fullDisk(int seed) {
    begin(seed);
    RandomBatches batches = new RandomBatches(seed, START);
    FullDisk disk = new FullDisk();
    EmbeddedMetricsStore store = open(root, disk);
    int failures = 0;
    for (int step = 0; step < STEPS; step++) {
      apply(store, batches);
      if (random.nextInt(4) == 0) {
        disk.writesLeft = random.nextInt(4);
        try {
          store.commit();
        } catch (StoreException full) {
          failures++;
        }
        disk.writesLeft = Integer.MAX_VALUE;
      }
    }
    expected.check(store, "seed " + seed);
    store.close();
    assertThat(failures).isPositive();
    try (EmbeddedMetricsStore reopened = open(root, new StoreFiles())) {
      assertThat(reopened.appliedUpTo()).isEqualTo(expected.end());
      expected.check(reopened, "seed " + seed + " reopened");
    }
  }

  private static final class FullDisk extends StoreFiles {
    private int writesLeft = Integer.MAX_VALUE;

    @Override
    void replace(Path file, ByteBuffer content) {
      if (writesLeft-- <= 0) {
        throw new StoreException("no space left for " + file);
      }
      super.replace(file, content);
    }
  }
}
