package dev.sextant.promql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesLineTest {
  private static List<Double> numbers(String points) {
    return SeriesLine.of("m", points).points().stream()
        .map(point -> point instanceof Point.Number number ? number.value() : null)
        .toList();
  }

  @Test
  void parse_readsLabelsInAnyNotation() {
    assertThat(SeriesLine.parse("up 1").labels()).isEqualTo(Labels.of(Labels.NAME, "up"));
    assertThat(SeriesLine.parse("a:b{x='1', y=\"}\",} 1").labels())
        .isEqualTo(Labels.of(Labels.NAME, "a:b", "x", "1", "y", "}"));
    assertThat(SeriesLine.parse("{\"my.metric\", \"a b\"=`c\\d`} 1").labels())
        .isEqualTo(Labels.of(Labels.NAME, "my.metric", "a b", "c\\d"));
    assertThat(SeriesLine.parse("{__name__=\"up\"} 1").labels())
        .isEqualTo(Labels.of(Labels.NAME, "up"));
    assertThat(SeriesLine.parse("{} {{count:1}}").labels()).isEqualTo(Labels.EMPTY);
    assertThat(SeriesLine.parse("up{}").points()).isEmpty();
  }

  @Test
  void points_repeatAndGrow() {
    assertThat(numbers("1 2x2 0+10x3 10-5x2"))
        .containsExactly(1., 2., 2., 2., 0., 10., 20., 30., 10., 5., 0.);
    assertThat(numbers("-1 +Inf -Inf NaN 1e3 5m 0x2"))
        .containsExactly(
            -1.,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            1000.,
            300.,
            0.,
            0.,
            0.);
  }

  @Test
  void points_gapsAreAsManyAsNamed() {
    assertThat(SeriesLine.of("m", "1 _ _x3 2").points())
        .hasSize(6)
        .satisfies(points -> assertThat(points.subList(1, 5)).allMatch(p -> p == Point.GAP));
  }

  @Test
  void points_staleIsTheMarker() {
    Point.Number stale = (Point.Number) SeriesLine.of("m", "stale").points().getFirst();
    assertThat(Double.doubleToRawLongBits(stale.value())).isEqualTo(NativeHistogram.STALE_BITS);
    assertThat(stale).hasToString("stale");
  }

  @Test
  void points_histogramsAddUp() {
    List<Point> points =
        SeriesLine.of(
                "m",
                "{{schema:1 count:3 sum:4 buckets:[1 2] offset:1}}+{{schema:1 count:1 buckets:[1] offset:2}}x1")
            .points();
    NativeHistogram second = ((Point.Histogram) points.get(1)).histogram();
    assertThat(points).hasSize(2);
    assertThat(second.count()).isEqualTo(4);
    assertThat(second.positiveCounts()).containsExactly(1, 3);
    assertThat(second.positiveSpans()).containsExactly(1, 2);
  }

  @Test
  void parse_saysWhatIsWrong() {
    assertThatThrownBy(() -> SeriesLine.parse("up{a=1} 1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a quoted string at character 6 of series up{a=1}");
    assertThatThrownBy(() -> SeriesLine.parse("up{a=\"1\" 1"))
        .hasMessage("no closing brace in series up{a=\"1\" 1");
    assertThatThrownBy(() -> SeriesLine.parse("up{a=\"1\",a=\"2\"} 1"))
        .hasMessageStartingWith("label a is set twice");
    assertThatThrownBy(() -> SeriesLine.of("up", "1 one"))
        .hasMessage("expected a number, _, stale or a histogram in {{ }}, but found one");
    assertThatThrownBy(() -> SeriesLine.of("up", "{{schema:9}}"))
        .hasMessage("schema 9 is not one of -4 to 8, or -53");
    assertThatThrownBy(() -> SeriesLine.of("up", "{{bucket:[1]}}"))
        .hasMessageStartingWith("a histogram has no bucket; it has [bucket");
    assertThatThrownBy(() -> SeriesLine.of("up", "1x2000000000"))
        .hasMessage("more than 1000000 points in one series");
    assertThatThrownBy(() -> SeriesLine.of("up", "0+1x600000 0+1x600000"))
        .hasMessage("more than 1000000 points in one series");
  }
}
