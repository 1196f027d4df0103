package dev.sextant.metrics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InMemorySeriesTest extends SeriesSourceContract {
  @Override
  protected SeriesSource source(InMemorySeriesBuilder content) {
    return content.build();
  }

  @Test
  void add_sameTimeTwice_firstStays() {
    Labels labels = Labels.of("a", "b");
    InMemorySeries source = InMemorySeries.builder().add(labels, 1, 10).add(labels, 1, 20).build();
    try (SeriesSet set = source.select(0, 2, List.of(), SeriesSource.Hints.NONE)) {
      set.next();
      SampleCursor cursor = set.samples();
      cursor.next();
      assertThat(cursor.value()).isEqualTo(10);
    }
  }
}
