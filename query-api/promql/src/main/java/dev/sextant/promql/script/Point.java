package dev.sextant.promql.script;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.histogram.HistogramText;
import dev.sextant.promql.print.GoNumbers;

/** One position of a series as scripts write it. */
public sealed interface Point {
  /** Nothing at this position: {@code _}. */
  record Gap() implements Point {
    @Override
    public String toString() {
      return "_";
    }
  }

  /** A number; {@code stale} is the NaN with {@link NativeHistogram#STALE_BITS}. */
  record Number(double value) implements Point {
    @Override
    public String toString() {
      boolean stale = Double.doubleToRawLongBits(value) == NativeHistogram.STALE_BITS;
      return stale ? "stale" : GoNumbers.general(value);
    }
  }

  /**
   * A native histogram.
   *
   * @param hinted whether the text names its reset hint, so that it is compared
   */
  record Histogram(NativeHistogram histogram, boolean hinted) implements Point {
    @Override
    public String toString() {
      return HistogramText.of(histogram)
          + " of schema "
          + histogram.schema()
          + (hinted ? " and reset hint " + histogram.resetHint() : "");
    }
  }

  /** Nothing at a position. */
  Point GAP = new Gap();
}
