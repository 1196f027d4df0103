package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.histogram.HistogramText;
import dev.sextant.promql.print.GoNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Aggregations over the distribution of a group's values. */
public final class Distribution {
  private Distribution() {}

  /**
   * A quantile of each group at each step.
   *
   * @param q one number a step; below 0 gives −Inf, above 1 +Inf, NaN NaN
   */
  public static SeriesStream quantile(
      double[] q,
      List<String> names,
      boolean without,
      SeriesStream in,
      StepContext context,
      Notices notices) {
    Members members = new Members(names, without);
    for (StepSeries series = in.next(); series != null; series = in.next()) {
      context.checkpoint();
      if (Aggregation.floatsOnly(series, "quantile", notices)) {
        members.add(series, context);
      }
    }
    List<StepSeries> out = new ArrayList<>();
    int[][] groups = members.byGroup();
    for (int g = 0; g < groups.length; g++) {
      out.add(quantile(q, members, g, groups[g], context));
    }
    return SeriesStream.of(out);
  }

  private static StepSeries quantile(
      double[] q, Members members, int group, int[] numbers, StepContext context) {
    Labels labels = members.groups.labels(group);
    boolean dropped = false;
    double[] values = new double[numbers.length];
    StepSeries out = StepSeries.empty(labels, false, q.length);
    for (int step = 0; step < q.length; step++) {
      if (step % Selection.STEPS_BETWEEN_CHECKS == 0) {
        context.checkpoint();
      }
      int n = 0;
      for (int member : numbers) {
        StepSeries series = members.series.get(member);
        dropped |= series.isNameDropped();
        if (series.isFloat(step)) {
          values[n++] = series.value(step);
        }
      }
      if (n > 0) {
        out.set(step, quantile(q[step], values, n));
      }
    }
    return out.with(labels, dropped);
  }

  /** Warns where a quantile is none. */
  public static void warnOfRange(double[] q, Notices notices) {
    for (double value : q) {
      if (!(value >= 0 && value <= 1)) {
        notices.warning(
            "quantile value should be between 0 and 1, got " + GoNumbers.general(value));
      }
    }
  }

  /**
   * The quantile of the first {@code n} values, which are sorted on the way, NaN lowest.
   *
   * @param q below 0 gives −Inf, above 1 +Inf, NaN NaN
   */
  public static double quantile(double q, double[] values, int n) {
    if (q >= 0 && q <= 1) {
      Arrays.sort(values, 0, n);
    }
    return quantileOfSorted(q, values, n);
  }

  /** As {@link #quantile} of values that are in ascending order, NaN last. */
  public static double quantileOfSorted(double q, double[] values, int n) {
    if (n == 0 || Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0 || q > 1) {
      return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    int nans = 0;
    while (nans < n && Double.isNaN(values[n - 1 - nans])) {
      nans++;
    }
    double rank = q * (n - 1);
    int lower = (int) Math.max(0, Math.floor(rank));
    int upper = Math.min(n - 1, lower + 1);
    double weight = rank - Math.floor(rank);
    return sorted(values, n, nans, lower) * (1 - weight) + sorted(values, n, nans, upper) * weight;
  }

  private static double sorted(double[] values, int n, int nans, int index) {
    return index < nans ? Double.NaN : values[(index - nans) % n];
  }

  /**
   * For each distinct value of a group, how many series have it; the value becomes the label {@code
   * label}.
   */
  public static SeriesStream countValues(
      String label,
      List<String> names,
      boolean without,
      SeriesStream in,
      int steps,
      StepContext context) {
    List<StepSeries> counts = new ArrayList<>();
    Grouping groups = new Grouping(withLabel(names, without, label), without);
    for (StepSeries series = in.next(); series != null; series = in.next()) {
      context.checkpoint();
      Map<String, StepSeries> byText = new HashMap<>();
      for (int i = 0; i < steps; i++) {
        if (series.isPresent(i)) {
          String text = text(series, i);
          StepSeries count = byText.get(text);
          if (count == null) {
            count = group(series, label, text, groups, counts, context);
            byText.put(text, count);
          }
          count.set(i, count.isFloat(i) ? count.value(i) + 1 : 1);
        }
      }
    }
    return SeriesStream.of(counts);
  }

  private static String text(StepSeries series, int step) {
    NativeHistogram histogram = series.histogram(step);
    return histogram == null ? GoNumbers.plain(series.value(step)) : HistogramText.of(histogram);
  }

  private static StepSeries group(
      StepSeries series,
      String label,
      String text,
      Grouping groups,
      List<StepSeries> counts,
      StepContext context) {
    int id = groups.idOf(series.labels().with(label, text));
    if (id == counts.size()) {
      context.hold(series.steps());
      context.keep(LabelSets.BYTES);
      counts.add(StepSeries.empty(groups.labels(id), series.isNameDropped(), series.steps()));
    }
    return counts.get(id);
  }

  private static List<String> withLabel(List<String> names, boolean without, String label) {
    if (without || names.contains(label)) {
      return names;
    }
    List<String> more = new ArrayList<>(names);
    more.add(label);
    return more;
  }
}
