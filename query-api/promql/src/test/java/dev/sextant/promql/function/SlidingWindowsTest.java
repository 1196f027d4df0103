package dev.sextant.promql.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.step.Distribution;
import dev.sextant.promql.step.Notices;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.Steps;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What slides gives at each step what the window gives by itself: within {@code n} roundings of
 * exact sums where all its floats are moderate, and what walking it gives where they are not, in
 * whatever strides the window moves.
 */
class SlidingWindowsTest {
  private static final int SEEDS = Boolean.getBoolean("sextant.long") ? 100 : 5;
  private static final double ROUNDING = 0x1p-50;
  private static final double AHEAD = 1800;

  /** Below this no sum of squares overflows. */
  private static final double SQUARED = 1e150;

  /** Below this no sum of products with a time overflows. */
  private static final double TIMED = 1e290;

  @FunctionalInterface
  private interface Check {
    void same(double actual, RangeWindow w);
  }

  @ParameterizedTest
  @EnumSource
  void variance(AwkwardSeries kind) {
    everywhere(
        kind,
        "stdvar_over_time",
        (actual, w) -> {
          double walked = Deviation.walk(w);
          if (!isBelow(SQUARED, w)) {
            same(actual, walked);
            return;
          }
          ExactFigures exact = ExactFigures.of(w);
          assertThat(actual).isCloseTo(exact.variance(), within(w, exact.variance()));
          assertThat(actual)
              .isCloseTo(walked, within(w, exact.variance() + exact.deviation() * exact.largest()));
        });
  }

  @ParameterizedTest
  @EnumSource
  void deviation_isTheRootOfVariance(AwkwardSeries kind) {
    everywhere(
        kind,
        "stddev_over_time",
        (actual, w) -> {
          if (!isBelow(SQUARED, w)) {
            same(actual, Math.sqrt(Deviation.walk(w)));
            return;
          }
          double expected = ExactFigures.of(w).deviation();
          assertThat(actual).isCloseTo(expected, within(w, expected));
        });
  }

  @ParameterizedTest
  @EnumSource
  void slope(AwkwardSeries kind) {
    everywhere(
        kind,
        "deriv",
        (actual, w) -> {
          if (!isBelow(TIMED, w)) {
            same(actual, Regression.walk(w, w.samples.floatTimes[w.floatFrom]).slope());
            return;
          }
          ExactFigures exact = ExactFigures.of(w);
          assertThat(actual).isCloseTo(exact.slope(), within(w, exact.steepest()));
        });
  }

  @ParameterizedTest
  @EnumSource
  void prediction(AwkwardSeries kind) {
    everywhere(
        kind,
        "predict_linear",
        (actual, w) -> {
          long now = w.evaluationMillis();
          Regression.Line walked = Regression.walk(w, now);
          if (!isBelow(TIMED, w)) {
            same(actual, walked.slope() * AHEAD + walked.intercept());
            return;
          }
          ExactFigures exact = ExactFigures.of(w);
          double millis = now + AHEAD * 1000 - w.samples.floatTimes[w.floatFrom];
          double lever = exact.steepest() * (millis + exact.meanMillis()) / 1000;
          assertThat(actual).isCloseTo(exact.at(millis), within(w, lever + exact.largest()));
        });
  }

  @ParameterizedTest
  @EnumSource
  void quantile(AwkwardSeries kind) {
    everywhere(
        kind,
        "quantile_over_time",
        (actual, w) -> {
          double[] values = copy(w);
          same(actual, Distribution.quantile(0.9, values, values.length));
        });
  }

  @ParameterizedTest
  @EnumSource
  void medianDeviation(AwkwardSeries kind) {
    everywhere(
        kind,
        "mad_over_time",
        (actual, w) -> {
          double[] values = copy(w);
          if (Arrays.stream(values).anyMatch(Double::isNaN)) {
            same(actual, Double.NaN);
            return;
          }
          double median = Distribution.quantile(0.5, values, values.length);
          double[] distances = Arrays.stream(values).map(v -> Math.abs(v - median)).toArray();
          same(actual, Distribution.quantile(0.5, distances, distances.length));
        });
  }

  /** Ranges of one sample to many, in strides from less than a sample to more than the range. */
  private static void everywhere(AwkwardSeries kind, String function, Check check) {
    long checked = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      SampleBuffer samples = kind.samples(seed);
      Random random = new Random(seed);
      for (long range : new long[] {16_000, 31_000, 300_000, 3_600_000, 14_400_000}) {
        long stride = (long) (5_000 * Math.pow(2, 12 * random.nextDouble()));
        checked += someSteps(samples, range, stride, function, random, check);
      }
    }
    assertThat(checked).isGreaterThan(100L * SEEDS);
  }

  /** Goes through every step, and looks at fewer of them the wider they are. */
  private static long someSteps(
      SampleBuffer samples, long range, long stride, String function, Random random, Check check) {
    long first = samples.floatTimes[0];
    long length = samples.floatTimes[samples.floatCount - 1] - first + range;
    Steps steps = new Steps(first, stride, (int) (length / stride) + 1);
    double[] parameter = new double[steps.count()];
    Arrays.fill(parameter, function.equals("predict_linear") ? AHEAD : 0.9);
    RangeWindow sliding = window(samples, range, parameter, steps);
    RangeWindow still = window(samples, range, parameter, steps);
    StepSeries out = StepSeries.empty(Labels.EMPTY, true, steps.count());
    RangeFunction instance = RangeFunctions.create(function, false);
    assertThat(instance).isNotNull();
    instance.begin(sliding);
    instance.applyAll(sliding, 0, steps.count(), out);
    long checked = 0;
    for (int step = 0; step < steps.count(); step++) {
      boolean any = still.moveTo(step);
      assertThat(out.isPresent(step) || !any || still.floats() == 1).isTrue();
      if (out.isPresent(step) && random.nextInt(1 + still.floats() / 4) == 0) {
        check.same(out.value(step), still);
        checked++;
      }
    }
    return checked;
  }

  private static RangeWindow window(
      SampleBuffer samples, long range, double[] parameter, Steps steps) {
    return new RangeWindow(
        samples, WindowShape.of(range), new double[][] {parameter}, steps, steps, Notices.NONE);
  }

  private static boolean isBelow(double bound, RangeWindow w) {
    return Arrays.stream(copy(w)).allMatch(value -> Math.abs(value) < bound);
  }

  private static void same(double actual, double expected) {
    assertThat(Double.compare(actual, expected)).as("%s for %s", actual, expected).isZero();
  }

  private static double[] copy(RangeWindow w) {
    return Arrays.copyOfRange(w.samples.floats, w.floatFrom, w.floatTo);
  }

  private static Offset<Double> within(RangeWindow w, double scale) {
    return Offset.offset(ROUNDING * w.floats() * scale);
  }
}
