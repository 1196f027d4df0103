package dev.sextant.promql.function;

import dev.sextant.promql.step.StepSeries;

/**
 * {@code min_over_time}, {@code max_over_time}, {@code ts_of_min_over_time} and {@code
 * ts_of_max_over_time}; histograms beside floats are left out with a notice.
 */
final class ExtremeOverTime implements RangeFunction {
  private final SlidingExtreme extreme;
  private final boolean time;

  /**
   * @param time whether the sample's time in seconds is asked for, the latest of equal ones, rather
   *     than its value
   */
  ExtremeOverTime(boolean max, boolean time) {
    this.extreme = new SlidingExtreme(max, time);
    this.time = time;
  }

  @Override
  public void begin(RangeWindow w) {
    extreme.begin();
  }

  @Override
  public int bytesPerFloat() {
    return Integer.BYTES;
  }

  @Override
  public void apply(RangeWindow w, int step, StepSeries out) {
    if (w.floats() == 0) {
      return;
    }
    if (w.histograms() > 0) {
      w.infoIgnoredHistograms();
    }
    int at = extreme.of(w);
    out.set(step, time ? w.samples.floatTimes[at] / 1000.0 : w.samples.floats[at]);
  }
}
