package dev.sextant.promql.exec;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.ast.Span;
import dev.sextant.promql.histogram.ClassicQuantile;
import dev.sextant.promql.histogram.NativeQuantile;
import dev.sextant.promql.print.GoNumbers;
import dev.sextant.promql.step.Distribution;
import dev.sextant.promql.step.Notices;
import dev.sextant.promql.step.Steps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What can be computed of a histogram, classic or native. */
final class QuantileFigures {
  private QuantileFigures() {}

  /** A figure that a query names; its parameters are read once per evaluation. */
  interface Figure {
    Prepared prepare(Execution execution, Steps steps, Notices notices);
  }

  /** A figure with its parameters read, asked step by step. */
  interface Prepared {
    double classic(ClassicQuantile buckets, int step, String name);

    double nativeHistogram(NativeHistogram histogram, int step, String name);

    /** The value that tells this figure from others of its kind. */
    String labelValue();

    /** Notes what was seen over all steps. */
    default void finish() {}
  }

  static String forMetric(String name) {
    return name.isEmpty() ? "" : " for metric name \"" + name + "\"";
  }

  /** The value below which a share of the observations lies. */
  record Quantile(ScalarOp share, Span shareSpan) implements Figure {
    @Override
    public Prepared prepare(Execution execution, Steps steps, Notices notices) {
      double[] q = share.values(execution, steps);
      Distribution.warnOfRange(q, execution.noticesAt(shareSpan));
      return new PreparedQuantile(q, new Fixes(steps, notices), notices);
    }
  }

  private record PreparedQuantile(double[] q, Fixes fixes, Notices notices) implements Prepared {
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

    @Override
    public String labelValue() {
      String text = GoNumbers.plain(q[0]);
      boolean whole = text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-');
      return whole ? text + ".0" : text;
    }

    @Override
    public void finish() {
      fixes.report();
    }
  }

  /** Classic buckets whose counts fell, by metric. */
  private static final class Fixes {
    private final Steps steps;
    private final Notices notices;
    private final Map<String, Fix> byName = new LinkedHashMap<>();

    Fixes(Steps steps, Notices notices) {
      this.steps = steps;
      this.notices = notices;
    }

    private static final class Fix {
      double from = Double.POSITIVE_INFINITY;
      double to = Double.NEGATIVE_INFINITY;
      double max;
      int samples;
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
    }

    void note(ClassicQuantile buckets, int step, String name) {
      Fix fix = byName.computeIfAbsent(name, key -> new Fix());
      fix.from = Math.min(fix.from, buckets.fixedFrom());
      fix.to = Math.max(fix.to, buckets.fixedTo());
      fix.max = Math.max(fix.max, buckets.fixedMax());
      fix.samples++;
      fix.first = Math.min(fix.first, steps.time(step));
      fix.last = Math.max(fix.last, steps.time(step));
    }

    void report() {
      byName.forEach(
          (name, fix) ->
              notices.info(
                  "input to histogram_quantile needed to be fixed for monotonicity (see"
                      + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
                      + forMetric(name)
                      + ", from buckets "
                      + GoNumbers.general(fix.from)
                      + " to "
                      + GoNumbers.general(fix.to)
                      + ", with a max diff of "
                      + GoNumbers.twoDigits(fix.max)
                      + ", over "
                      + fix.samples
                      + " samples from "
                      + Instant.ofEpochMilli(fix.first)
                      + " to "
                      + Instant.ofEpochMilli(fix.last)));
    }
  }

  /** The share of observations between two values. */
  record Fraction(ScalarOp low, ScalarOp high) implements Figure {
    @Override
    public Prepared prepare(Execution execution, Steps steps, Notices notices) {
      return new PreparedFraction(
          low.values(execution, steps), high.values(execution, steps), notices);
    }
  }

  private record PreparedFraction(double[] low, double[] high, Notices notices)
      implements Prepared {
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

    @Override
    public String labelValue() {
      return "";
    }
  }
}
