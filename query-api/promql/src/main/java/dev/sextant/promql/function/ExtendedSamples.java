package dev.sextant.promql.function;

import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.step.StepException;

/**
 * The floats of a range vector whose bounds are extended: those strictly inside, and one at each
 * bound, where the last value before it holds, or, smoothed, the line between its neighbours.
 */
public final class ExtendedSamples {
  private ExtendedSamples() {}

  /**
   * Fills a buffer from one that reaches past the bounds; leaves it empty where nothing is known of
   * the time after the start.
   *
   * @throws StepException where there are histograms
   */
  public static void between(
      long startMillis,
      long endMillis,
      Modifiers.Bounds bounds,
      SampleBuffer from,
      SampleBuffer to) {
    to.clear();
    if (from.histogramCount > 0) {
      throw new StepException(bounds.keyword() + " modifier is not supported with histograms");
    }
    boolean smoothed = bounds == Modifiers.Bounds.SMOOTHED;
    int last = from.floatCount - 1;
    int first = 0;
    while (first + 1 < last && from.floatTimes[first + 1] <= startMillis) {
      first++;
    }
    while (smoothed && last > 0 && from.floatTimes[last - 1] >= endMillis) {
      last--;
    }
    if (last < 0 || from.floatTimes[last] <= startMillis) {
      return;
    }
    boolean cutLeft = smoothed && first < last && from.floatTimes[first] < startMillis;
    boolean cutRight = smoothed && last > 0 && from.floatTimes[last] > endMillis;
    double left =
        cutLeft ? Interpolation.floats(from, first, startMillis, false) : from.floats[first];
    double right =
        cutRight ? Interpolation.floats(from, last - 1, endMillis, false) : from.floats[last];
    to.add(startMillis, left, 0);
    for (int i = first; i <= last; i++) {
      if (from.floatTimes[i] > startMillis && from.floatTimes[i] < endMillis) {
        to.add(from.floatTimes[i], from.floats[i], 0);
      }
    }
    to.add(endMillis, right, 0);
  }
}
