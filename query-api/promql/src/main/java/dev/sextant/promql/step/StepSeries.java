package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One series over the steps of a query: a float, a native histogram or nothing at each. Floats
 * stand in one primitive array, in which the staleness marker means nothing; it never is a value,
 * as arithmetic makes another NaN of it. Mutable, for one thread.
 */
public final class StepSeries {
  /** Stands where there is no float. Compare by {@link #isAbsent}. */
  public static final double ABSENT = Double.longBitsToDouble(NativeHistogram.STALE_BITS);

  private final Labels labels;
  private final boolean nameDropped;
  private final double[] values;
  private @Nullable NativeHistogram @Nullable [] histograms;

  /** Takes over the arrays. */
  public StepSeries(
      Labels labels,
      boolean nameDropped,
      double[] values,
      @Nullable NativeHistogram @Nullable [] histograms) {
    this.labels = labels;
    this.nameDropped = nameDropped;
    this.values = values;
    this.histograms = histograms;
  }

  /** With nothing at any step. */
  public static StepSeries empty(Labels labels, boolean nameDropped, int steps) {
    double[] values = new double[steps];
    Arrays.fill(values, ABSENT);
    return new StepSeries(labels, nameDropped, values, null);
  }

  public static boolean isAbsent(double value) {
    return Double.doubleToRawLongBits(value) == NativeHistogram.STALE_BITS;
  }

  public Labels labels() {
    return labels;
  }

  /**
   * Whether the metric's name is to be taken off before the result is shown; until then operators
   * see it.
   */
  public boolean isNameDropped() {
    return nameDropped;
  }

  public int steps() {
    return values.length;
  }

  /** One float a step, {@link #ABSENT} where there is none. */
  public double[] values() {
    return values;
  }

  public double value(int step) {
    return values[step];
  }

  public boolean isFloat(int step) {
    return !isAbsent(values[step]);
  }

  public boolean hasHistograms() {
    return histograms != null;
  }

  /** The histogram at a step, null where there is none. */
  public @Nullable NativeHistogram histogram(int step) {
    return histograms == null ? null : histograms[step];
  }

  /** Whether there is a float or a histogram. */
  public boolean isPresent(int step) {
    return !isAbsent(values[step]) || (histograms != null && histograms[step] != null);
  }

  public void set(int step, double value) {
    values[step] = value;
    if (histograms != null) {
      histograms[step] = null;
    }
  }

  public void set(int step, NativeHistogram histogram) {
    if (histograms == null) {
      histograms = new NativeHistogram[values.length];
    }
    histograms[step] = histogram;
    values[step] = ABSENT;
  }

  public void clear(int step) {
    set(step, ABSENT);
  }

  /** What another series has at a step, its absence included. */
  public void copy(int step, StepSeries from, int fromStep) {
    NativeHistogram histogram = from.histogram(fromStep);
    if (histogram == null) {
      set(step, from.values[fromStep]);
    } else {
      set(step, histogram);
    }
  }

  /** How many steps have something. */
  public int size() {
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      n += isPresent(i) ? 1 : 0;
    }
    return n;
  }

  /** Whether there is a float at every step. */
  public boolean isFull() {
    for (double value : values) {
      if (isAbsent(value)) {
        return false;
      }
    }
    return true;
  }

  public boolean isEmpty() {
    for (int i = 0; i < values.length; i++) {
      if (isPresent(i)) {
        return false;
      }
    }
    return true;
  }

  /** The same samples under other labels; the arrays are shared. */
  public StepSeries with(Labels newLabels, boolean dropped) {
    return new StepSeries(newLabels, dropped, values, histograms);
  }

  /** Forgets the floats or the histograms. */
  public void keepOnlyFloats() {
    histograms = null;
  }
}
