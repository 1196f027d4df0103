package dev.sextant.promql.function;

/**
 * What the times at which a series began counting tell: a sample whose start lies between the
 * sample before and itself follows a reset, even where its value did not fall.
 */
final class StartTimes {
  private StartTimes() {}

  static boolean floatReset(SampleBuffer samples, int i) {
    return reset(samples.floatStarts, samples.floatTimes, i);
  }

  static boolean histogramReset(SampleBuffer samples, int i) {
    return reset(samples.histogramStarts, samples.histogramTimes, i);
  }

  private static boolean reset(long[] starts, long[] times, int i) {
    long start = starts[i];
    long before = starts[i - 1];
    long timeBefore = times[i - 1];
    if (start == 0 || start >= times[i]) {
      return false;
    }
    return start > timeBefore || (start == timeBefore && before != 0 && before < timeBefore);
  }

  /** Warns, once for a series, where a start lies before the sample it should follow. */
  static void warnOfOverlaps(RangeWindow w) {
    SampleBuffer samples = w.samples;
    int overlaps =
        overlaps(samples.floatStarts, samples.floatTimes, samples.floatCount)
            + overlaps(samples.histogramStarts, samples.histogramTimes, samples.histogramCount);
    if (overlaps > 0) {
      w.notices.warning(
          "sample has start time that overlaps with previous sample timestamp for metric \""
              + w.name()
              + "\"");
    }
  }

  private static int overlaps(long[] starts, long[] times, int count) {
    int overlaps = 0;
    for (int i = 1; i < count; i++) {
      if (starts[i] != 0 && starts[i] < times[i - 1] && starts[i] != starts[i - 1]) {
        overlaps++;
      }
    }
    return overlaps;
  }
}
