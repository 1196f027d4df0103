package dev.sextant.promql.script;

import dev.sextant.metrics.model.NativeHistogram;

/**
 * One position of a series in a script.
 *
 * @param histogram null for a float
 * @param hinted whether the script names a histogram's reset hint, so that it is compared
 */
record Point(boolean gap, double value, NativeHistogram histogram, boolean hinted) {
  static final Point GAP = new Point(true, 0, null, false);

  static Point of(double value) {
    return new Point(false, value, null, false);
  }

  static Point of(NativeHistogram histogram, boolean hinted) {
    return new Point(false, 0, histogram, hinted);
  }
}
