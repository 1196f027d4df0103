package dev.sextant.promql.step;

import dev.sextant.promql.print.GoNumbers;
import org.jspecify.annotations.Nullable;

/**
 * A share of a vector's series, chosen by the hash of their labels, so that the choice is the same
 * at each step.
 */
public final class RatioSample {
  private RatioSample() {}

  /**
   * Keeps the share r of the series; a negative r keeps those that 1 + r would leave out.
   *
   * @param r one number a step; beyond ±1 it is capped, with a warning
   * @throws StepException where it is NaN
   */
  public static SeriesStream pick(
      double[] r, SeriesStream in, StepContext context, Notices notices) {
    double[] ratio = new double[r.length];
    for (int i = 0; i < r.length; i++) {
      ratio[i] = capped(r[i], notices);
    }
    return new SeriesStream() {
      @Override
      public @Nullable StepSeries next() {
        StepSeries series = in.next();
        if (series == null) {
          return null;
        }
        context.checkpoint();
        double hash = LabelHash.share(series.labels());
        for (int i = 0; i < ratio.length; i++) {
          boolean kept = ratio[i] >= 0 ? hash < ratio[i] : hash >= 1 + ratio[i];
          if (!kept) {
            series.clear(i);
          }
        }
        return series;
      }

      @Override
      public void close() {
        in.close();
      }
    };
  }

  private static double capped(double ratio, Notices notices) {
    if (Double.isNaN(ratio)) {
      throw new StepException("Ratio value is NaN");
    }
    if (ratio >= -1 && ratio <= 1) {
      return ratio;
    }
    String cap = ratio > 1 ? "1" : "-1";
    notices.warning(
        "ratio value should be between -1 and 1, got "
            + GoNumbers.general(ratio)
            + ", capping to "
            + cap);
    return ratio > 1 ? 1 : -1;
  }
}
