package dev.sextant.promql.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.ast.BinaryOp;
import dev.sextant.promql.ast.VectorMatching;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The operators as another query language uses them: on series that it made itself. */
class StepOperatorsTest {
  private static final double GAP = StepSeries.ABSENT;
  private static final StepContext FREE =
      new StepContext() {
        @Override
        public void checkpoint() {}

        @Override
        public void hold(long samples) {}
      };

  private static StepSeries series(String job, double... values) {
    return new StepSeries(Labels.of("job", job), false, values, null);
  }

  private static List<StepSeries> all(SeriesStream stream) {
    List<StepSeries> out = new ArrayList<>();
    for (StepSeries next = stream.next(); next != null; next = stream.next()) {
      out.add(next);
    }
    return out;
  }

  @Test
  void reduce_gaps_countForNothing() {
    SeriesStream in = SeriesStream.of(List.of(series("a", 1, GAP, GAP), series("b", 2, 3, GAP)));
    List<StepSeries> sum =
        all(
            Aggregation.reduce(
                Aggregation.Reduction.SUM, List.of(), false, in, 3, FREE, Notices.NONE));
    assertThat(sum).hasSize(1);
    assertThat(sum.getFirst().value(0)).isEqualTo(3);
    assertThat(sum.getFirst().value(1)).isEqualTo(3);
    assertThat(sum.getFirst().isPresent(2)).isFalse();
  }

  @Test
  void reduce_valuesOfVeryDifferentSize_loseNothing() {
    SeriesStream in =
        SeriesStream.of(List.of(series("a", 1e100), series("b", 1), series("c", -1e100)));
    List<StepSeries> sum =
        all(
            Aggregation.reduce(
                Aggregation.Reduction.SUM, List.of(), false, in, 1, FREE, Notices.NONE));
    assertThat(sum.getFirst().value(0)).isEqualTo(1);
  }

  @Test
  void pick_eachStepForItself() {
    SeriesStream in =
        SeriesStream.of(List.of(series("a", 1, 9), series("b", 2, 3), series("c", GAP, 4)));
    List<StepSeries> top =
        all(
            Selection.pick(
                Selection.Kind.TOP, List.of(), false, new double[] {1, 2}, in, FREE, Notices.NONE));
    assertThat(top).extracting(s -> s.labels().get("job")).containsExactly("a", "b", "c");
    assertThat(top.get(0).isPresent(0)).isFalse();
    assertThat(top.get(0).value(1)).isEqualTo(9);
    assertThat(top.get(1).value(0)).isEqualTo(2);
    assertThat(top.get(1).isPresent(1)).isFalse();
    assertThat(top.get(2).value(1)).isEqualTo(4);
  }

  @Test
  void vectorOperation_pairsOnlyWhereBothArePresent() {
    List<StepSeries> out =
        all(
            VectorOperation.apply(
                BinaryOp.SUB,
                false,
                VectorMatching.DEFAULT,
                SeriesStream.of(List.of(series("a", 5, 6, GAP), series("b", 1, 1, 1))),
                SeriesStream.of(List.of(series("a", 1, GAP, 1))),
                3,
                FREE,
                Notices.NONE));
    assertThat(out).hasSize(1);
    assertThat(out.getFirst().labels()).isEqualTo(Labels.of("job", "a"));
    assertThat(out.getFirst().value(0)).isEqualTo(4);
    assertThat(out.getFirst().isPresent(1)).isFalse();
    assertThat(out.getFirst().isPresent(2)).isFalse();
  }

  @Test
  void join_sameLabelsAtDifferentSteps_becomeOne() {
    SeriesStream in = SeriesStream.of(List.of(series("a", 1, GAP), series("a", GAP, 2)));
    List<StepSeries> joined = SameLabels.join(in, true, FREE);
    assertThat(joined).hasSize(1);
    assertThat(joined.getFirst().values()).containsExactly(1, 2);
    SeriesStream clash = SeriesStream.of(List.of(series("a", 1, GAP), series("a", 3, 2)));
    assertThatThrownBy(() -> SameLabels.join(clash, true, FREE))
        .isInstanceOf(StepException.class)
        .hasMessage(StepException.DUPLICATE_LABELS);
  }

  @Test
  void quantile_liesBetweenNeighbours() {
    SeriesStream in = SeriesStream.of(List.of(series("a", 1), series("b", 3), series("c", GAP)));
    List<StepSeries> out =
        all(Distribution.quantile(new double[] {0.25}, List.of(), false, in, FREE, Notices.NONE));
    assertThat(out.getFirst().value(0)).isEqualTo(1.5);
  }
}
