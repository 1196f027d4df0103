package dev.sextant.promql.function;

import dev.sextant.promql.step.StepSeries;

/**
 * Functions over time that look at a window's floats as a whole; histograms beside them are left
 * out with a notice.
 */
final class FloatsOverTime implements RangeFunction {
  /** Computes one figure from each window of a series, which only move forward. */
  interface Figure {
    /** Starts over with another series. */
    void begin();

    /** As {@link RangeFunction#bytesPerFloat}. */
    int bytesPerFloat();

    /** The figure of a window that holds a float at least. */
    double of(RangeWindow window);
  }

  private final Figure figure;

  FloatsOverTime(Figure figure) {
    this.figure = figure;
  }

  @Override
  public void begin(RangeWindow w) {
    figure.begin();
  }

  @Override
  public int bytesPerFloat() {
    return figure.bytesPerFloat();
  }

  @Override
  public void apply(RangeWindow w, int step, StepSeries out) {
    if (w.floats() == 0) {
      return;
    }
    if (w.histograms() > 0) {
      w.infoIgnoredHistograms();
    }
    out.set(step, figure.of(w));
  }
}
