package dev.sextant.promql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.metrics.model.InMemorySeries;
import dev.sextant.metrics.model.InMemorySeriesBuilder;
import dev.sextant.metrics.model.Labels;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A window that slid to a step holds what a window made for that step alone does, whatever it saw
 * on the way.
 */
class RangeAgainstInstantTest {
  private static final long STEP = 7_000;
  private static final int STEPS = 80;

  private final PromEngine engine = new PromEngine(QueryLimits.DEFAULT, PromOptions.EXPERIMENTAL);

  /**
   * Gaps, resets, stale markers, and values of very different size, some of them infinite or NaN.
   */
  private static InMemorySeries series(long seed) {
    Random random = new Random(seed);
    InMemorySeriesBuilder builder = InMemorySeries.builder();
    for (int s = 0; s < 6; s++) {
      Labels labels = Labels.of(Labels.NAME, "m_total", "i", Integer.toString(s));
      double counter = 0;
      for (long time = random.nextInt(5000);
          time < STEP * STEPS;
          time += 1000 + random.nextInt(4000)) {
        counter = random.nextInt(20) == 0 ? 0 : counter + random.nextInt(50);
        switch (random.nextInt(s < 3 ? 1 : 40)) {
          case 1 -> builder.stale(labels, time);
          case 2 -> time += 60_000;
          case 3 -> builder.add(labels, time, 1e16 * random.nextGaussian());
          case 4 -> builder.add(labels, time, s == 5 ? Double.POSITIVE_INFINITY : -counter);
          case 5 -> builder.add(labels, time, s == 5 ? Double.NaN : 0.1);
          default -> builder.add(labels, time, counter);
        }
      }
    }
    return builder.build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(m_total[40s])",
        "increase(m_total[11s])",
        "delta(m_total[40s])",
        "irate(m_total[40s])",
        "sum_over_time(m_total[40s])",
        "avg_over_time(m_total[90s])",
        "min_over_time(m_total[40s])",
        "max_over_time(m_total[90s])",
        "ts_of_max_over_time(m_total[40s])",
        "ts_of_min_over_time(m_total[90s])",
        "changes(m_total[40s])",
        "resets(m_total[90s])",
        "changes(m_total[40s] anchored)",
        "stddev_over_time(m_total[40s])",
        "stdvar_over_time(m_total[90s])",
        "quantile_over_time(0.3, m_total[90s])",
        "mad_over_time(m_total[40s])",
        "deriv(m_total[40s])",
        "predict_linear(m_total[90s], 60)",
        "max_over_time(rate(m_total[30s])[60s:5s])",
        "sum by (i) (m_total)",
        "m_total"
      })
  void eachStepOfARange_isTheInstantQueryThere(String text) {
    for (long seed = 1; seed <= 4; seed++) {
      InMemorySeries source = series(seed);
      PromQuery query = engine.parse(text);
      QueryResult.Matrix matrix =
          (QueryResult.Matrix) engine.queryRange(source, text, 0, STEP * (STEPS - 1), STEP).value();
      long points = 0;
      for (int step = 0; step < STEPS; step++) {
        var value = engine.query(source, query, step * STEP, Cancellation.NONE).value();
        QueryResult.Vector vector = (QueryResult.Vector) value;
        points += vector.size();
        for (int i = 0; i < vector.size(); i++) {
          assertSame(at(matrix, vector.labels().get(i), step * STEP), vector.values()[i]);
        }
      }
      assertThat(matrix.series().stream().mapToLong(series -> series.floats().length).sum())
          .isEqualTo(points)
          .isPositive();
    }
  }

  private static double at(QueryResult.Matrix matrix, Labels labels, long time) {
    for (QueryResult.Series series : matrix.series()) {
      for (int i = 0; series.labels().equals(labels) && i < series.floats().length; i++) {
        if (series.floatTimes()[i] == time) {
          return series.floats()[i];
        }
      }
    }
    throw new AssertionError(labels + " has nothing at " + time);
  }

  private static void assertSame(double actual, double expected) {
    if (Double.isFinite(expected)) {
      assertThat(actual).isCloseTo(expected, Offset.offset(Math.abs(expected) * 1e-12 + 1e-300));
    } else {
      assertThat(Double.compare(actual, expected)).as("%s for %s", actual, expected).isZero();
    }
  }
}
