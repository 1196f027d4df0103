package dev.sextant.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.model.Labels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesListsTest {
  private final SeriesLists lists = new SeriesLists();

  private static List<SeriesSamples> list(String name, int size) {
    List<SeriesSamples> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Labels labels = Labels.of("__name__", name, "i", "" + i);
      list.add(new SeriesSamples(labels, new int[] {0}, new double[] {1}, null, null, List.of()));
    }
    return list;
  }

  @Test
  void find_knowsAListFromTheSecondTimeOn() {
    List<SeriesSamples> list = list("a", 20);
    assertThat(lists.find(list)).isNull();
    SeriesNames names = lists.find(list);
    assertThat(names).isNotNull().isSameAs(lists.find(list));
    assertThat(names.block()).isNotEmpty();
  }

  @Test
  void find_comparesTheLabelsThemselves() {
    List<SeriesSamples> list = list("a", 20);
    lists.find(list);
    assertThat(lists.find(list("a", 20))).isNull();
    lists.find(list);
    List<SeriesSamples> other = new ArrayList<>(list);
    other.set(7, list("b", 1).getFirst());
    assertThat(lists.find(other)).isNull();
  }

  @Test
  void find_leavesShortAndLongListsAlone() {
    for (int size : new int[] {0, SeriesLists.FEWEST - 1, SeriesLists.MOST + 1}) {
      List<SeriesSamples> list = list("a", size);
      assertThat(lists.find(list)).isNull();
      assertThat(lists.find(list)).isNull();
    }
  }

  @Test
  void remembered_areBoundedInTheirSeries() {
    List<SeriesSamples> list = list("a", SeriesLists.MOST);
    for (int i = 0; i < 2 * SeriesLists.MAX_SERIES / SeriesLists.MOST; i++) {
      List<SeriesSamples> next = new ArrayList<>(list);
      next.set(0, list("first " + i, 1).getFirst());
      lists.find(next);
      assertThat(lists.series()).isBetween(1L, (long) SeriesLists.MAX_SERIES);
    }
  }
}
