package dev.sextant.promql.script;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.histogram.HistogramResets;
import dev.sextant.promql.script.ScriptStore.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The series of one {@code load}, by labels. */
final class Load implements ScriptCommand {
  private final long stepMillis;
  private final boolean withCustomBuckets;
  private final Map<Labels, List<Sample>> series = new TreeMap<>();
  private @Nullable SeriesLine starts;

  Load(long stepMillis, boolean withCustomBuckets) {
    this.stepMillis = stepMillis;
    this.withCustomBuckets = withCustomBuckets;
  }

  /** A series, or the start timestamps of the one in the next line. */
  void line(String line) {
    int end = SeriesLabels.end(line);
    if (line.startsWith("@st", end)) {
      starts = SeriesLine.of(line.substring(0, end), line.substring(end + 3));
      return;
    }
    SeriesLine parsed = SeriesLine.parse(line);
    series.put(parsed.labels(), samples(parsed));
    starts = null;
  }

  private List<Sample> samples(SeriesLine line) {
    if (starts != null
        && (!starts.labels().equals(line.labels())
            || starts.points().size() != line.points().size())) {
      throw new IllegalArgumentException(
          "start timestamps of "
              + starts.labels()
              + ", "
              + starts.points().size()
              + " of them, stand before "
              + line.points().size()
              + " points of "
              + line.labels());
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < line.points().size(); i++) {
      long time = i * stepMillis;
      long start = starts == null ? 0 : start(time, starts.points().get(i));
      switch (line.points().get(i)) {
        case Point.Gap gap -> {}
        case Point.Number number -> samples.add(new Sample(time, number.value(), null, start));
        case Point.Histogram histogram ->
            samples.add(new Sample(time, 0, histogram.histogram(), start));
      }
    }
    return samples;
  }

  private static long start(long time, Point offset) {
    return switch (offset) {
      case Point.Gap gap -> 0;
      case Point.Number seconds -> time + Math.round(seconds.value() * 1000);
      case Point.Histogram histogram ->
          throw new IllegalArgumentException("a start timestamp is no histogram");
    };
  }

  /** All lines were read. */
  void finish() {
    if (starts != null) {
      throw new IllegalArgumentException(
          "start timestamps of " + starts.labels() + " without the series after them");
    }
    if (withCustomBuckets) {
      ClassicHistograms.convert(series).forEach((labels, samples) -> series.put(labels, samples));
    }
  }

  void into(ScriptStore store) {
    series.forEach((labels, samples) -> store.add(labels, hinted(samples)));
  }

  /**
   * With what a sender knows of histograms: that one continues the one before. After a reset it
   * begins anew, and of the first histogram then nothing is known.
   */
  private static List<Sample> hinted(List<Sample> samples) {
    List<Sample> out = new ArrayList<>(samples.size());
    NativeHistogram previous = null;
    for (Sample sample : samples) {
      NativeHistogram histogram = sample.histogram();
      if (histogram != null
          && previous != null
          && histogram.resetHint() == ResetHint.UNKNOWN
          && !HistogramResets.isReset(histogram, previous)) {
        histogram = HistogramMath.withHint(histogram, ResetHint.NO);
      }
      previous = histogram;
      out.add(new Sample(sample.timeMillis(), sample.value(), histogram, sample.startMillis()));
    }
    return out;
  }
}
