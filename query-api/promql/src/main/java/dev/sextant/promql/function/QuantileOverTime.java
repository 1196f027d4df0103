package dev.sextant.promql.function;

import dev.sextant.promql.step.Distribution;

/** {@code quantile_over_time}. */
final class QuantileOverTime implements FloatsOverTime.Figure {
  private final SlidingOrder order = new SlidingOrder();

  @Override
  public void begin() {
    order.begin();
  }

  @Override
  public int bytesPerFloat() {
    return Double.BYTES;
  }

  @Override
  public double of(RangeWindow w) {
    double q = w.parameter(0);
    if (!(q >= 0 && q <= 1)) {
      Distribution.warnOfRange(new double[] {q}, w.notices);
    }
    order.move(w);
    return Distribution.quantileOfSorted(q, order.values, w.floats());
  }
}
