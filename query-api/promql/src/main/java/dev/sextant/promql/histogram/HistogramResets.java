package dev.sextant.promql.histogram;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whether a counter histogram began anew between two samples. */
public final class HistogramResets {
  private HistogramResets() {}

  /** Whether {@code current} cannot have grown out of {@code previous}. */
  public static boolean isReset(NativeHistogram current, NativeHistogram previous) {
    if (current.resetHint() == ResetHint.YES) {
      return true;
    }
    if (current.resetHint() == ResetHint.NO) {
      return false;
    }
    if (current.count() < previous.count()) {
      return true;
    }
    if (Bounds.isCustom(current) != Bounds.isCustom(previous)) {
      return true;
    }
    return Bounds.isCustom(current)
        ? customFell(current, previous)
        : exponentialFell(current, previous);
  }

  /**
   * With what a comparison with the sample before tells of a reset, where nothing is known and
   * there is one.
   */
  public static NativeHistogram hinted(
      NativeHistogram current, @Nullable NativeHistogram previous) {
    if (current.resetHint() != ResetHint.UNKNOWN || previous == null) {
      return current;
    }
    return HistogramMath.withHint(
        current, isReset(current, previous) ? ResetHint.YES : ResetHint.NO);
  }

  private static boolean customFell(NativeHistogram current, NativeHistogram previous) {
    if (Arrays.equals(current.customBounds(), previous.customBounds())) {
      return fell(HistogramMath.positive(current), HistogramMath.positive(previous));
    }
    double[] shared = CustomBounds.shared(current.customBounds(), previous.customBounds());
    return fell(
        HistogramMath.positive(CustomBounds.moved(current, shared)),
        HistogramMath.positive(CustomBounds.moved(previous, shared)));
  }

  private static boolean exponentialFell(NativeHistogram current, NativeHistogram previous) {
    if (current.schema() > previous.schema()
        || current.zeroThreshold() < previous.zeroThreshold()) {
      return true;
    }
    NativeHistogram before = previous;
    if (current.zeroThreshold() != previous.zeroThreshold()) {
      before = ZeroBucket.widened(previous, current.zeroThreshold());
      if (before.zeroThreshold() != current.zeroThreshold()) {
        return true;
      }
    }
    before = HistogramMath.reduced(before, current.schema());
    return current.zeroCount() < before.zeroCount()
        || fell(HistogramMath.positive(current), HistogramMath.positive(before))
        || fell(HistogramMath.negative(current), HistogramMath.negative(before));
  }

  private static boolean fell(Buckets current, Buckets previous) {
    int at = 0;
    for (int i = 0; i < previous.size(); i++) {
      int id = previous.index()[i];
      while (at < current.size() && current.index()[at] < id) {
        at++;
      }
      double now = at < current.size() && current.index()[at] == id ? current.count()[at] : 0;
      if (now < previous.count()[i]) {
        return true;
      }
    }
    return false;
  }
}
