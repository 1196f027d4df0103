package dev.sextant.promql.function;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Figures of a window of finite floats from sums without any rounding.
 *
 * @param mean of the values
 * @param variance of the values
 * @param deviation the root of the variance
 * @param largest of the values' magnitudes
 * @param meanMillis of the times, after the window's first
 * @param spreadMillis the times' standard deviation
 * @param slope of the line of least squares, a second; 0 for a single sample
 */
record ExactFigures(
    double mean,
    double variance,
    double deviation,
    double largest,
    double meanMillis,
    double spreadMillis,
    double slope) {
  private static final MathContext DIGITS = new MathContext(80);

  static ExactFigures of(RangeWindow w) {
    BigDecimal x = BigDecimal.ZERO;
    BigDecimal y = BigDecimal.ZERO;
    BigDecimal xx = BigDecimal.ZERO;
    BigDecimal yy = BigDecimal.ZERO;
    BigDecimal xy = BigDecimal.ZERO;
    double largest = 0;
    for (int i = w.floatFrom; i < w.floatTo; i++) {
      long after = w.samples.floatTimes[i] - w.samples.floatTimes[w.floatFrom];
      BigDecimal time = BigDecimal.valueOf(after);
      BigDecimal value = new BigDecimal(w.samples.floats[i]);
      x = x.add(time);
      y = y.add(value);
      xx = xx.add(time.multiply(time));
      yy = yy.add(value.multiply(value));
      xy = xy.add(time.multiply(value));
      largest = Math.max(largest, Math.abs(w.samples.floats[i]));
    }
    BigDecimal n = BigDecimal.valueOf(w.floats());
    BigDecimal nn = n.multiply(n);
    BigDecimal spread = n.multiply(xx).subtract(x.multiply(x));
    BigDecimal squares = n.multiply(yy).subtract(y.multiply(y));
    BigDecimal products = n.multiply(xy).subtract(x.multiply(y)).movePointRight(3);
    BigDecimal variance = squares.divide(nn, DIGITS);
    return new ExactFigures(
        y.divide(n, DIGITS).doubleValue(),
        variance.doubleValue(),
        variance.sqrt(DIGITS).doubleValue(),
        largest,
        x.divide(n, DIGITS).doubleValue(),
        Math.sqrt(spread.divide(nn, DIGITS).doubleValue()),
        spread.signum() == 0 ? 0 : products.divide(spread, DIGITS).doubleValue());
  }

  /** How steep a line through these values could be at most, a second. */
  double steepest() {
    return spreadMillis == 0 ? 0 : deviation / spreadMillis * 1000;
  }

  /** The line's height. */
  double at(double millisAfterFirst) {
    return mean + slope * (millisAfterFirst - meanMillis) / 1000;
  }
}
