package dev.sextant.metrics.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.storage.Position;
import dev.sextant.storage.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMetricsStoreTest {
  private static final long DAY = 86_400_000;
  private static final long START = 20_000 * DAY;
  private static final Labels TARGET = Labels.of("job", "shop", "instance", "a:1");
  private static final Labels UP = TARGET.with("__name__", "up");

  @TempDir Path root;
  private EmbeddedMetricsStore store;
  private MetricsStoreSettings settings = MetricsStoreSettings.DEFAULT;
  private long now = START;
  private long row;

  private void open() {
    store = EmbeddedMetricsStore.open(root, settings, () -> Instant.ofEpochMilli(now));
  }

  private void reopen() {
    store.close();
    open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void apply(MetricsBatchBuilder builder) {
    MetricsBatch batch = builder.build();
    store.apply(batch, new Position(row, now));
    row += batch.rows();
  }

  private void apply(Labels labels, long time, double value) {
    apply(new MetricsBatchBuilder("default").add(TARGET, labels, time, value));
  }

  private List<String> read(Labels labels) {
    List<String> found = new ArrayList<>();
    List<Matcher> matchers = new ArrayList<>();
    labels.forEach((name, value) -> matchers.add(Matcher.equal(name, value)));
    try (SeriesSet set =
        store
            .query("default")
            .select(Long.MIN_VALUE, Long.MAX_VALUE, matchers, SeriesSource.Hints.NONE)) {
      while (set.next()) {
        SampleCursor cursor = set.samples();
        while (cursor.next() != SampleCursor.Type.NONE) {
          found.add(cursor.timestampMillis() + "=" + cursor.value());
        }
      }
    }
    return found;
  }

  @Test
  void apply_isFoundAtOnceAndDurableWithCommit() {
    open();
    apply(UP, 1000, 1);
    assertThat(read(UP)).containsExactly("1000=1.0");
    assertThat(store.appliedUpTo()).isZero();
    store.commit();
    assertThat(store.appliedUpTo()).isEqualTo(1);
  }

  @Test
  void apply_rowsTakenBefore_areSkipped() {
    open();
    MetricsBatch batch =
        new MetricsBatchBuilder("default")
            .add(TARGET, UP, 1000, 1)
            .add(TARGET, UP, 2000, 2)
            .build();
    store.apply(batch, new Position(10, now));
    store.apply(batch, new Position(10, now));
    assertThat(store.counts().samples()).isEqualTo(2);
    store.apply(
        new MetricsBatchBuilder("default")
            .add(TARGET, UP, 3000, 3)
            .add(TARGET, UP, 4000, 4)
            .build(),
        new Position(11, now));
    assertThat(read(UP)).containsExactly("1000=1.0", "2000=2.0", "4000=4.0");
  }

  @Test
  void sameTimeTwice_firstStaysAndAnotherValueIsCounted() {
    open();
    apply(UP, 1000, 1);
    apply(UP, 1000, 1);
    assertThat(store.counts().conflicts()).isZero();
    apply(UP, 1000, 2);
    assertThat(store.counts().conflicts()).isEqualTo(1);
    assertThat(read(UP)).containsExactly("1000=1.0");
  }

  @Test
  void sameTimeTwice_acrossABlock_firstStaysAndIsCountedWhenMerged() {
    settings = settings.withHead(1, Duration.ofHours(2));
    open();
    apply(UP, START, 1);
    store.commit();
    for (int i = 0; i <= MergePolicy.MAX_BLOCKS; i++) {
      apply(UP, START, 2 + i);
      store.commit();
    }
    assertThat(read(UP)).containsExactly(START + "=1.0");
    assertThat(store.counts().conflicts()).isPositive();
    assertThat(store.counts().blocks()).isLessThanOrEqualTo(MergePolicy.MAX_BLOCKS);
  }

  @Test
  void samplesOfADayAgo_areSortedIn() {
    open();
    apply(UP, START, 3);
    apply(UP, START - DAY, 1);
    apply(UP, START - 5, 2);
    apply(UP, START - DAY, 7);
    assertThat(read(UP)).containsExactly(START - DAY + "=1.0", START - 5 + "=2.0", START + "=3.0");
    settings = settings.withHead(1, Duration.ofHours(1));
    reopen();
    apply(UP, START - 3, 4);
    store.commit();
    assertThat(store.counts().blocks()).isEqualTo(2);
    assertThat(read(UP))
        .containsExactly(
            START - DAY + "=1.0", START - 5 + "=2.0", START - 3 + "=4.0", START + "=3.0");
  }

  @Test
  void timesFarFromNow_surviveBlocksAndRestartUntilRetention() {
    settings = settings.withHead(1, Duration.ofHours(2)).withRetention(Duration.ofDays(100_000));
    open();
    apply(UP, Long.MAX_VALUE, 3);
    apply(UP, Long.MIN_VALUE, 0);
    apply(UP, 0, 2);
    apply(UP, -1, 1);
    assertThat(read(UP)).hasSize(4);
    store.commit();
    reopen();
    assertThat(read(UP)).containsExactly("-1=1.0", "0=2.0", Long.MAX_VALUE + "=3.0");
  }

  @Test
  void newSeriesAboveTheLimit_areDroppedCountedAndNamed_oldOnesFlow() {
    settings = settings.withMaxSeries(3);
    open();
    for (int user = 0; user < 5; user++) {
      apply(TARGET.with("__name__", "http_requests_total").with("user_id", "u" + user), START, 1);
    }
    apply(TARGET.with("__name__", "http_requests_total").with("user_id", "u0"), START + 1, 1);
    assertThat(store.counts().headSeries()).isEqualTo(3);
    assertThat(store.counts().droppedSamples()).isEqualTo(2);
    assertThat(store.counts().samples()).isEqualTo(4);
    assertThat(store.counts().limitMessage())
        .contains("limit max-series (3) reached for tenant default")
        .contains("http_requests_total")
        .contains("raise metrics.limits.max-series or drop label user_id");
  }

  /** Otherwise a series turned away before could take an accepted one's place on replay. */
  @Test
  void limit_countsTheSameSeriesAfterARestart() {
    settings = settings.withMaxSeries(2).withHead(1, Duration.ofHours(2));
    open();
    apply(UP.with("n", "0"), START, 1);
    apply(UP.with("n", "1"), START, 1);
    store.commit();
    reopen();
    assertThat(store.counts().blocks()).isEqualTo(1);
    apply(UP.with("n", "2"), START + 1, 1);
    apply(UP.with("n", "1"), START + 1, 1);
    assertThat(store.counts().droppedSamples()).isEqualTo(1);
    assertThat(read(UP.with("n", "1"))).hasSize(2);
  }

  @Test
  void tenants_areKeptApart() {
    open();
    apply(new MetricsBatchBuilder("default").add(TARGET, UP, 1000, 1));
    apply(new MetricsBatchBuilder("../other").add(TARGET, UP.with("x", "y"), 1000, 2));
    assertThat(store.query("default").series(0, 9000, List.of(), 0)).containsExactly(UP);
    assertThat(store.query("../other").series(0, 9000, List.of(), 0))
        .containsExactly(UP.with("x", "y"));
    assertThat(store.query("nobody").series(0, 9000, List.of(), 0)).isEmpty();
  }

  @Test
  void exemplars_areBoundedAndSurviveRestartAndBlocks() {
    settings = settings.withMaxExemplars(3).withHead(1, Duration.ofHours(2));
    open();
    for (int i = 0; i < 5; i++) {
      apply(
          new MetricsBatchBuilder("default")
              .add(TARGET, UP, START + i, i)
              .exemplar(TARGET, UP, new Exemplar(Labels.of("trace_id", "t" + i), i, START + i)));
    }
    store.commit();
    reopen();
    assertThat(store.query("default").exemplars(0, Long.MAX_VALUE, List.of()).get(UP))
        .extracting(Exemplar::value)
        .containsExactly(2.0, 3.0, 4.0);
  }

  @Test
  void metadata_survivesRestart() {
    open();
    Metadata entry = new Metadata("up", "gauge", "1 where the target answered", "");
    apply(new MetricsBatchBuilder("default").metadata(entry));
    store.commit();
    reopen();
    assertThat(store.query("default").metadata("up", 0).get("up")).containsExactly(entry);
  }

  @Test
  void retention_dropsWholeDaysOneAnHour() {
    settings = settings.withHead(1, Duration.ofHours(2)).withRetention(Duration.ofDays(2));
    open();
    for (int day = 0; day < 5; day++) {
      apply(UP, START + day * DAY, day);
    }
    now = START + 4 * DAY + 1000;
    apply(UP, now, 9);
    store.commit();
    assertThat(read(UP)).hasSize(5).doesNotContain(START + "=0.0");
    store.commit();
    assertThat(read(UP)).hasSize(5);
    now += Retention.PERIOD_MILLIS;
    apply(UP, now, 10);
    store.commit();
    assertThat(read(UP)).doesNotContain(START + DAY + "=1.0").contains(START + 2 * DAY + "=2.0");
    assertThat(Directories.files(root, ".block").toString()).doesNotContain("2024-10-04");
  }

  @Test
  void retention_dropsNothingWhileTheClockIsFarFromTheJournal() {
    settings = settings.withHead(1, Duration.ofHours(2)).withRetention(Duration.ofDays(2));
    open();
    apply(UP, START, 1);
    store.commit();
    now = START + 400 * DAY;
    store.commit();
    assertThat(read(UP)).hasSize(1);
    apply(UP, now, 2);
    store.commit();
    assertThat(read(UP)).containsExactly(now + "=2.0");
  }

  @Test
  void oldDays_areMergedToOneBlock() {
    settings = settings.withHead(1, Duration.ofHours(2));
    open();
    for (int i = 0; i < 5; i++) {
      apply(UP, START + i, i);
      store.commit();
    }
    assertThat(store.counts().blocks()).isEqualTo(5);
    now = START + 3 * DAY;
    apply(UP, now, 9);
    store.commit();
    assertThat(store.counts().blocks()).isEqualTo(2);
    assertThat(read(UP)).hasSize(6);
  }

  @Test
  void manyCommits_leaveABoundedNumberOfFiles() {
    open();
    for (int i = 0; i < 2 * HeadFiles.MANY + 10; i++) {
      apply(UP, START + i, i);
      store.commit();
    }
    assertThat(Directories.files(root.resolve("head"), "").size()).isLessThan(HeadFiles.MANY + 5);
    reopen();
    assertThat(read(UP)).hasSize(2 * HeadFiles.MANY + 10);
  }

  @Test
  void openQuery_outlivesMergeRetentionAndClose() {
    settings = settings.withHead(1, Duration.ofHours(2)).withRetention(Duration.ofDays(2));
    open();
    apply(UP, START, 1);
    store.commit();
    try (SeriesSet set =
        store.query("default").select(0, Long.MAX_VALUE, List.of(), SeriesSource.Hints.NONE)) {
      now = START + 9 * DAY;
      apply(UP, now, 2);
      store.commit();
      store.close();
      assertThat(set.next()).isTrue();
      SampleCursor cursor = set.samples();
      assertThat(cursor.next()).isEqualTo(SampleCursor.Type.FLOAT);
      assertThat(cursor.timestampMillis()).isEqualTo(START);
    }
    open();
    assertThat(read(UP)).containsExactly(now + "=2.0");
  }

  @Test
  void closed_refusesBatches() {
    open();
    store.close();
    assertThatThrownBy(() -> apply(UP, 1, 1))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }
}
