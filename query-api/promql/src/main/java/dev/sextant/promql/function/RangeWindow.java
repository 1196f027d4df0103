package dev.sextant.promql.function;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.step.Notices;
import dev.sextant.promql.step.Steps;

/**
 * A window that slides over the samples of one series: those after its start and up to its end.
 * Indexes into the buffer's arrays, so that moving on costs only the samples that come and go. For
 * one thread.
 */
public final class RangeWindow {
  final SampleBuffer samples;
  final Notices notices;
  private final long rangeMillis;
  private final double[][] parameters;
  private final Steps steps;
  private Labels labels = Labels.EMPTY;
  private int step;

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
   */
  public RangeWindow(
      SampleBuffer samples, long rangeMillis, double[][] parameters, Steps steps, Notices notices) {
    this.steps = steps;
    this.samples = samples;
    this.rangeMillis = rangeMillis;
    this.parameters = parameters;
    this.notices = notices;
  }

  /** Starts over with the series that is in the buffer now. */
  public void reset(Labels seriesLabels) {
    labels = seriesLabels;
    floatFrom = 0;
    floatTo = 0;
    histogramFrom = 0;
    histogramTo = 0;
  }

  /** Moves to the window that ends at a time not before the last; false where it is empty. */
  public boolean moveTo(int newStep, long end) {
    step = newStep;
    endMillis = end;
    startMillis = end - rangeMillis;
    while (floatTo < samples.floatCount && samples.floatTimes[floatTo] <= end) {
      floatTo++;
    }
    while (floatFrom < floatTo && samples.floatTimes[floatFrom] <= startMillis) {
      floatFrom++;
    }
    while (histogramTo < samples.histogramCount && samples.histogramTimes[histogramTo] <= end) {
      histogramTo++;
    }
    while (histogramFrom < histogramTo && samples.histogramTimes[histogramFrom] <= startMillis) {
      histogramFrom++;
    }
    return floatFrom < floatTo || histogramFrom < histogramTo;
  }

  public int floats() {
    return floatTo - floatFrom;
  }

  public int histograms() {
    return histogramTo - histogramFrom;
  }

  NativeHistogram histogram(int i) {
    return samples.histogram(i);
  }

  double rangeSeconds() {
    return rangeMillis / 1000.0;
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
