package dev.sextant.promql.function;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.step.Notices;
import dev.sextant.promql.step.Steps;
import org.jspecify.annotations.Nullable;

/**
 * A window that slides over the samples of one series: those after its start and up to its end.
 * Indexes into the buffer's arrays, so that moving on costs only the samples that come and go. For
 * one thread.
 */
public final class RangeWindow {
  final SampleBuffer samples;
  final Notices notices;
  private final WindowShape shape;
  private final double[][] parameters;
  private final Steps steps;
  private final Steps ends;
  private Labels labels = Labels.EMPTY;
  private int step;
  private boolean usedAsCounter;
  private boolean typeLabels;

  /** Where the window's floats begin and end in the buffer; the end is exclusive. */
  int floatFrom;

  int floatTo;

  /** Where the window's histograms begin and end in the buffer; the end is exclusive. */
  int histogramFrom;

  int histogramTo;

  long startMillis;
  long endMillis;

  /**
   * @param parameters of the function besides the range, one number a step each
   * @param ends of the windows, one a step
   */
  public RangeWindow(
      SampleBuffer samples,
      WindowShape shape,
      double[][] parameters,
      Steps steps,
      Steps ends,
      Notices notices) {
    this.steps = steps;
    this.ends = ends;
    this.samples = samples;
    this.shape = shape;
    this.parameters = parameters;
    this.notices = notices;
  }

  /** Whether the label {@code __type__} tells a counter, in place of the name. */
  public void useTypeLabels(boolean use) {
    typeLabels = use;
  }

  /** The type that the series' labels give it; null where they are not asked. */
  @Nullable String typeLabel() {
    return typeLabels ? labels.get("__type__") : null;
  }

  /** Starts over with the series that is in the buffer now. */
  public void reset(Labels seriesLabels) {
    labels = seriesLabels;
    usedAsCounter = false;
    floatFrom = 0;
    floatTo = 0;
    histogramFrom = 0;
    histogramTo = 0;
  }

  /** Moves to the window of a step not before the last; false where it is empty. */
  public boolean moveTo(int newStep) {
    boolean floats = moveToFloats(newStep);
    return samples.histogramCount == 0 ? floats : moveHistograms() || floats;
  }

  /** As {@link #moveTo} for a series without histograms. */
  boolean moveToFloats(int newStep) {
    step = newStep;
    endMillis = ends.time(newStep);
    startMillis = endMillis - shape.rangeMillis();
    long to = endMillis + shape.afterMillis();
    long from = startMillis - shape.beforeMillis();
    long[] times = samples.floatTimes;
    while (floatTo < samples.floatCount && times[floatTo] <= to) {
      floatTo++;
    }
    while (floatFrom < floatTo && times[floatFrom] <= from) {
      floatFrom++;
    }
    return floatFrom < floatTo;
  }

  private boolean moveHistograms() {
    long to = endMillis + shape.afterMillis();
    long from = startMillis - shape.beforeMillis();
    while (histogramTo < samples.histogramCount && samples.histogramTimes[histogramTo] <= to) {
      histogramTo++;
    }
    while (histogramFrom < histogramTo && samples.histogramTimes[histogramFrom] <= from) {
      histogramFrom++;
    }
    return histogramFrom < histogramTo;
  }

  /**
   * Leaves out what comes before the newest sample at or before the start; false where no sample
   * comes after the start. The next move goes on from here.
   */
  boolean dropBeforeAnchor() {
    while (floatFrom + 1 < floatTo && samples.floatTimes[floatFrom + 1] <= startMillis) {
      floatFrom++;
    }
    while (histogramFrom + 1 < histogramTo
        && samples.histogramTimes[histogramFrom + 1] <= startMillis) {
      histogramFrom++;
    }
    boolean floatBefore = floatFrom < floatTo && samples.floatTimes[floatFrom] <= startMillis;
    boolean histogramBefore =
        histogramFrom < histogramTo && samples.histogramTimes[histogramFrom] <= startMillis;
    if (floatBefore && histogramBefore) {
      if (samples.floatTimes[floatFrom] < samples.histogramTimes[histogramFrom]) {
        floatFrom++;
      } else {
        histogramFrom++;
      }
    }
    boolean floatAfter = floatTo > floatFrom && samples.floatTimes[floatTo - 1] > startMillis;
    return floatAfter
        || (histogramTo > histogramFrom && samples.histogramTimes[histogramTo - 1] > startMillis);
  }

  public int floats() {
    return floatTo - floatFrom;
  }

  public int histograms() {
    return histogramTo - histogramFrom;
  }

  /** True when it is asked first for a series. */
  boolean isFirstUseAsCounter() {
    boolean first = !usedAsCounter;
    usedAsCounter = true;
    return first;
  }

  NativeHistogram histogram(int i) {
    return samples.histogram(i);
  }

  /** Where the window of a step ends. */
  long endMillis(int ofStep) {
    return ends.time(ofStep);
  }

  long rangeMillis() {
    return shape.rangeMillis();
  }

  double rangeSeconds() {
    return shape.rangeMillis() / 1000.0;
  }

  /** A parameter's value at this step. */
  double parameter(int index) {
    return parameters[index][step];
  }

  /** The time of the step, wherever the window stands. */
  long evaluationMillis() {
    return steps.time(step);
  }

  String name() {
    return labels.metricName();
  }

  /** Of the series, its name still among them. */
  Labels labels() {
    return labels;
  }

  void warnMixed() {
    notices.warning(
        "encountered a mix of histograms and floats for metric name \"" + name() + "\"");
  }

  void warnMixedBuckets() {
    notices.warning(
        "vector contains a mix of histograms with exponential and custom buckets schemas for metric name \""
            + name()
            + "\"");
  }

  /** Notes that histograms beside floats are left out. */
  void infoIgnoredHistograms() {
    notices.info(
        "ignored histograms in a range containing both floats and histograms for metric name \""
            + name()
            + "\"");
  }
}
