package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.ast.Span;
import dev.sextant.promql.histogram.ClassicQuantile;
import dev.sextant.promql.histogram.NativeQuantile;
import dev.sextant.promql.print.GoNumbers;
import dev.sextant.promql.step.Distribution;
import dev.sextant.promql.step.LabelSets;
import dev.sextant.promql.step.Notices;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.Steps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code histogram_quantile} and {@code histogram_fraction}, over classic buckets and native
 * histograms alike.
 */
final class QuantileOp implements VectorOp {
  private static final String BUCKET_LABEL = "le";

  private final Figure figure;
  private final VectorOp vector;
  private final Span vectorSpan;

  QuantileOp(Figure figure, VectorOp vector, Span vectorSpan) {
    this.figure = figure;
    this.vector = vector;
    this.vectorSpan = vectorSpan;
  }

  /** What is computed; prepared once per evaluation, then asked step by step. */
  interface Figure {
    Prepared prepare(Execution execution, Steps steps, Notices notices);

    /** A figure with its parameters read. */
    interface Prepared {
      double classic(ClassicQuantile buckets, int step, String name);

      double nativeHistogram(NativeHistogram histogram, int step, String name);
    }
  }

  private record Key(Labels labels, boolean nameDropped) {}

  /** What shares all labels but the bucket's. */
  private static final class Group {
    final List<StepSeries> buckets = new ArrayList<>();
    double[] bounds = new double[8];
    final List<StepSeries> histograms = new ArrayList<>(1);

    void addBucket(StepSeries series, double bound) {
      if (buckets.size() == bounds.length) {
        bounds = Arrays.copyOf(bounds, bounds.length * 2);
      }
      bounds[buckets.size()] = bound;
      buckets.add(series);
    }
  }

  @Override
  public SeriesStream open(Execution execution, Steps steps) {
    Notices notices = execution.noticesAt(vectorSpan);
    Figure.Prepared prepared = figure.prepare(execution, steps, notices);
    Map<Key, Group> groups = new LinkedHashMap<>();
    try (SeriesStream in = vector.open(execution, steps)) {
      for (StepSeries series = in.next(); series != null; series = in.next()) {
        execution.checkpoint();
        execution.hold(steps.count());
        boolean delayed = execution.options().delayedNameRemoval();
        sort(
            delayed ? series : series.with(LabelSets.withoutName(series.labels()), true),
            groups,
            notices);
      }
    }
    var entries = groups.entrySet().iterator();
    return () -> {
      while (entries.hasNext()) {
        execution.checkpoint();
        Map.Entry<Key, Group> entry = entries.next();
        StepSeries out = evaluate(entry.getKey(), entry.getValue(), prepared, steps, notices);
        if (!out.isEmpty()) {
          return out;
        }
      }
      return null;
    };
  }

  private static void sort(StepSeries series, Map<Key, Group> groups, Notices notices) {
    Labels labels = series.labels();
    if (series.hasHistograms()) {
      groups.computeIfAbsent(new Key(labels, true), key -> new Group()).histograms.add(series);
    }
    boolean anyFloat = false;
    for (int i = 0; i < series.steps() && !anyFloat; i++) {
      anyFloat = series.isFloat(i);
    }
    if (!anyFloat) {
      return;
    }
    String text = labels.get(BUCKET_LABEL);
    double bound = bound(text);
    if (Double.isNaN(bound)) {
      notices.warning(
          "bucket label \"le\" is missing or has a malformed value of \""
              + text
              + "\""
              + forMetric(labels.metricName()));
      return;
    }
    groups
        .computeIfAbsent(new Key(labels.without(BUCKET_LABEL), true), key -> new Group())
        .addBucket(series, bound);
  }

  static String forMetric(String name) {
    return name.isEmpty() ? "" : " for metric name \"" + name + "\"";
  }

  /** The value of a bucket label, NaN where it is none. */
  private static double bound(String text) {
    return switch (text) {
      case "+Inf", "Inf", "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield text.isBlank() || text.endsWith("d") || text.endsWith("f")
              ? Double.NaN
              : Double.parseDouble(text);
        } catch (NumberFormatException e) {
          yield Double.NaN;
        }
      }
    };
  }

  private static StepSeries evaluate(
      Key key, Group group, Figure.Prepared prepared, Steps steps, Notices notices) {
    String name = key.labels.metricName();
    StepSeries out = StepSeries.empty(key.labels, key.nameDropped, steps.count());
    ClassicQuantile buckets = new ClassicQuantile();
    for (int i = 0; i < steps.count(); i++) {
      buckets.clear();
      for (int b = 0; b < group.buckets.size(); b++) {
        StepSeries bucket = group.buckets.get(b);
        if (bucket.isFloat(i)) {
          buckets.add(group.bounds[b], bucket.value(i));
        }
      }
      NativeHistogram histogram = null;
      for (StepSeries series : group.histograms) {
        histogram = series.histogram(i) == null ? histogram : series.histogram(i);
      }
      if (histogram != null && !buckets.isEmpty()) {
        notices.warning("vector contains a mix of classic and native histograms" + forMetric(name));
      } else if (histogram != null) {
        out.set(i, prepared.nativeHistogram(histogram, i, name));
      } else if (!buckets.isEmpty()) {
        out.set(i, prepared.classic(buckets, i, name));
      }
    }
    return out;
  }

  /** Shares of observations as quantiles. */
  record Quantile(ScalarOp share, Span shareSpan) implements Figure {
    @Override
    public Prepared prepare(Execution execution, Steps steps, Notices notices) {
      double[] q = share.values(execution, steps);
      Distribution.warnOfRange(q, execution.noticesAt(shareSpan));
      return new PreparedQuantile(q, new Fixes(steps, notices), notices);
    }
  }

  private record PreparedQuantile(double[] q, Fixes fixes, Notices notices)
      implements Figure.Prepared {
    @Override
    public double classic(ClassicQuantile buckets, int step, String name) {
      double value = buckets.quantile(q[step]);
      if (buckets.wasFixed()) {
        fixes.note(buckets, step, name);
      }
      return value;
    }

    @Override
    public double nativeHistogram(NativeHistogram histogram, int step, String name) {
      NativeQuantile.Quantile quantile = NativeQuantile.quantile(q[step], histogram);
      String effect =
          switch (quantile.effect()) {
            case NONE -> "";
            case RESULT_NAN -> "result is NaN";
            case SKEWED -> "result is skewed higher";
          };
      if (!effect.isEmpty()) {
        notices.info(
            "input to histogram_quantile has NaN observations, " + effect + forMetric(name));
      }
      return quantile.value();
    }
  }

  /** Notices of classic buckets whose counts fell. */
  private record Fixes(Steps steps, Notices notices) {
    void note(ClassicQuantile buckets, int step, String name) {
      String time = Instant.ofEpochMilli(steps.time(step)).toString();
      notices.info(
          "input to histogram_quantile needed to be fixed for monotonicity (see"
              + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
              + forMetric(name)
              + ", from buckets "
              + GoNumbers.general(buckets.fixedFrom())
              + " to "
              + GoNumbers.general(buckets.fixedTo())
              + ", with a max diff of "
              + GoNumbers.twoDigits(buckets.fixedMax())
              + ", over 1 samples from "
              + time
              + " to "
              + time);
    }
  }

  /** Shares of observations between two values. */
  record Fraction(ScalarOp low, ScalarOp high) implements Figure {
    @Override
    public Prepared prepare(Execution execution, Steps steps, Notices notices) {
      return new PreparedFraction(
          low.values(execution, steps), high.values(execution, steps), notices);
    }
  }

  private record PreparedFraction(double[] low, double[] high, Notices notices)
      implements Figure.Prepared {
    @Override
    public double classic(ClassicQuantile buckets, int step, String name) {
      return buckets.fraction(low[step], high[step]);
    }

    @Override
    public double nativeHistogram(NativeHistogram histogram, int step, String name) {
      if (NativeQuantile.excludesNan(histogram)) {
        notices.info(
            "input to histogram_fraction has NaN observations, which are excluded from all fractions"
                + forMetric(name));
      }
      return NativeQuantile.fraction(low[step], high[step], histogram);
    }
  }
}
