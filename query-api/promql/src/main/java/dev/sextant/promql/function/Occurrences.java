package dev.sextant.promql.function;

import dev.sextant.promql.step.StepSeries;

/**
 * Functions over time to which floats and histograms are alike: count, presence, the first and the
 * last.
 */
final class Occurrences implements RangeFunction {
  /** What is told of a window. */
  enum Kind {
    COUNT,
    PRESENT,
    FIRST,
    LAST,
    TIME_OF_FIRST,
    TIME_OF_LAST
  }

  private final Kind kind;

  Occurrences(Kind kind) {
    this.kind = kind;
  }

  @Override
  public boolean keepsName() {
    return kind == Kind.FIRST || kind == Kind.LAST;
  }

  @Override
  public void apply(RangeWindow w, int step, StepSeries out) {
    switch (kind) {
      case COUNT -> out.set(step, w.floats() + w.histograms());
      case PRESENT -> out.set(step, 1);
      case FIRST, TIME_OF_FIRST -> edge(w, true, step, out);
      case LAST, TIME_OF_LAST -> edge(w, false, step, out);
    }
  }

  private void edge(RangeWindow w, boolean first, int step, StepSeries out) {
    SampleBuffer s = w.samples;
    int f = first ? w.floatFrom : w.floatTo - 1;
    int h = first ? w.histogramFrom : w.histogramTo - 1;
    boolean histogram = w.histograms() > 0;
    if (histogram && w.floats() > 0) {
      histogram =
          first ? s.histogramTimes[h] <= s.floatTimes[f] : s.histogramTimes[h] >= s.floatTimes[f];
    }
    if (!keepsName()) {
      out.set(step, (histogram ? s.histogramTimes[h] : s.floatTimes[f]) / 1000.0);
    } else if (histogram) {
      out.set(step, w.histogram(h));
    } else {
      out.set(step, s.floats[f]);
    }
  }
}
