package dev.sextant.metrics.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.InMemorySeries;
import dev.sextant.metrics.model.InMemorySeriesBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.metrics.model.SeriesSourceContract;
import dev.sextant.storage.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSeriesSourceTest {
  private abstract static class Contract extends SeriesSourceContract {
    @TempDir Path directory;
    EmbeddedMetricsStore store;

    MetricsStoreSettings settings() {
      return MetricsStoreSettings.DEFAULT;
    }

    EmbeddedMetricsStore open() {
      return EmbeddedMetricsStore.open(directory, settings(), () -> Instant.ofEpochMilli(10_000));
    }

    void fill(InMemorySeriesBuilder content) {
      store = open();
      store.apply(batch(content.build()).build(), new Position(0, 10_000));
    }

    @AfterEach
    void close() {
      store.close();
    }
  }

  /** In the head first, then in a block: matching, gathering and sorting can each be called off. */
  @Test
  void longSelections_canBeCalledOff(@TempDir Path directory) {
    MetricsBatchBuilder batch = new MetricsBatchBuilder("default");
    for (int i = 0; i < 5000; i++) {
      batch.add(Labels.of("job", "a"), Labels.of("__name__", "m", "i", "v" + i), 5000, i);
    }
    MetricsStoreSettings settings =
        MetricsStoreSettings.DEFAULT.withHead(1, Duration.ofMinutes(20));
    try (EmbeddedMetricsStore store =
        EmbeddedMetricsStore.open(directory, settings, () -> Instant.ofEpochMilli(10_000))) {
      store.apply(batch.build(), new Position(0, 10_000));
      callOff(store.query("default"));
      store.commit();
      callOff(store.query("default"));
    }
  }

  private static void callOff(SeriesSource source) {
    for (Matcher matcher :
        List.of(
            Matcher.equal("__name__", "m"),
            new Matcher(Matcher.Type.REGEX, "i", "v.*[0-9]"),
            new Matcher(Matcher.Type.NOT_REGEX, "i", ".*x"))) {
      int all = checks(source, matcher, Integer.MAX_VALUE);
      assertThat(all).as("checks of %s", matcher).isGreaterThan(8);
      for (int i = 1; i <= all; i++) {
        int last = i;
        assertThatThrownBy(() -> checks(source, matcher, last))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  /** How often a selection asks whether to go on; the given time it must not. */
  private static int checks(SeriesSource source, Matcher matcher, int last) {
    AtomicInteger asked = new AtomicInteger();
    SeriesSource.Hints hints =
        new SeriesSource.Hints(0, 0, "", List.of(), false, true, 0)
            .withCheckpoint(
                () -> {
                  if (asked.incrementAndGet() == last) {
                    throw new IllegalStateException("called off");
                  }
                });
    try (SeriesSet set = source.select(0, 10_000, List.of(matcher), hints)) {
      assertThat(set.next()).isTrue();
    }
    return asked.get();
  }

  static MetricsBatchBuilder batch(InMemorySeries content) {
    MetricsBatchBuilder batch = new MetricsBatchBuilder("default");
    try (SeriesSet set = content.select(0, Long.MAX_VALUE, List.of(), SeriesSource.Hints.NONE)) {
      while (set.next()) {
        Labels target = Labels.of("job", set.labels().get("job"));
        SampleCursor cursor = set.samples();
        for (var type = cursor.next(); type != SampleCursor.Type.NONE; type = cursor.next()) {
          boolean histogram = type == SampleCursor.Type.HISTOGRAM;
          batch.add(
              target,
              set.labels(),
              cursor.timestampMillis(),
              histogram ? 0 : cursor.value(),
              histogram ? cursor.histogram() : null,
              cursor.startTimestampMillis());
        }
      }
    }
    content
        .exemplars(0, Long.MAX_VALUE, List.of())
        .forEach(
            (labels, list) -> list.forEach(each -> batch.exemplar(Labels.EMPTY, labels, each)));
    content.metadata("", 0).values().forEach(list -> list.forEach(batch::metadata));
    return batch;
  }

  @Nested
  class InTheHead extends Contract {
    @Override
    protected SeriesSource source(InMemorySeriesBuilder content) {
      fill(content);
      return store.query("default");
    }
  }

  @Nested
  class AfterReopening extends Contract {
    @Override
    protected SeriesSource source(InMemorySeriesBuilder content) {
      fill(content);
      store.close();
      store = open();
      return store.query("default");
    }
  }

  @Nested
  class InBlocks extends Contract {
    @Override
    MetricsStoreSettings settings() {
      return MetricsStoreSettings.DEFAULT
          .withHead(1, Duration.ofHours(2))
          .withRetention(Duration.ofDays(99_999));
    }

    @Override
    protected SeriesSource source(InMemorySeriesBuilder content) {
      fill(content);
      store.commit();
      assertThat(store.counts().blocks()).isEqualTo(1);
      return store.query("default");
    }
  }
}
