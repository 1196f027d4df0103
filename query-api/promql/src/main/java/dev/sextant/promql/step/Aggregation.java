package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Aggregations that keep a figure per group and step and never hold their input. */
public final class Aggregation {
  /** What is computed of a group. */
  public enum Reduction {
    SUM(true),
    AVG(true),
    COUNT(true),
    GROUP(true),
    MIN(false),
    MAX(false),
    STDDEV(false),
    STDVAR(false);

    private final boolean histograms;

    Reduction(boolean histograms) {
      this.histograms = histograms;
    }
  }

  private Aggregation() {}

  /** One series for each group that has something, in order of the groups' first appearance. */
  public static SeriesStream reduce(
      Reduction reduction,
      List<String> names,
      boolean without,
      SeriesStream in,
      int steps,
      StepContext context,
      Notices notices) {
    Grouping groups = new Grouping(names, without);
    List<Accumulator> accumulators = new ArrayList<>();
    List<Boolean> dropped = new ArrayList<>();
    for (StepSeries series = in.next(); series != null; series = in.next()) {
      context.checkpoint();
      if (!reduction.histograms && !floatsOnly(series, reduction.name(), notices)) {
        continue;
      }
      if (series.isEmpty()) {
        continue;
      }
      int id = groups.idOf(series.labels());
      if (id == accumulators.size()) {
        context.hold(3L * steps);
        context.keep(LabelSets.BYTES);
        accumulators.add(accumulator(reduction, steps, notices));
        dropped.add(false);
      }
      accumulators.get(id).add(series);
      dropped.set(id, dropped.get(id) || series.isNameDropped());
    }
    return results(groups, accumulators, dropped::get, steps);
  }

  private static SeriesStream results(
      Grouping groups, List<Accumulator> accumulators, IntPredicate dropped, int steps) {
    int[] at = {0};
    return () -> {
      if (at[0] == accumulators.size()) {
        return null;
      }
      int id = at[0]++;
      Labels labels = groups.labels(id);
      StepSeries out = StepSeries.empty(labels, dropped.test(id), steps);
      accumulators.get(id).finish(out);
      return out;
    };
  }

  /** Forgets histograms with a notice; false where nothing remains. */
  static boolean floatsOnly(StepSeries series, String aggregation, Notices notices) {
    if (!series.hasHistograms()) {
      return true;
    }
    for (int i = 0; i < series.steps(); i++) {
      if (series.histogram(i) != null) {
        notices.info(
            "ignored histogram in " + aggregation.toLowerCase(Locale.ROOT) + " aggregation");
      }
    }
    series.keepOnlyFloats();
    return !series.isEmpty();
  }

  private static Accumulator accumulator(Reduction reduction, int steps, Notices notices) {
    return switch (reduction) {
      case SUM -> new SumAccumulator(false, steps, notices);
      case AVG -> new SumAccumulator(true, steps, notices);
      case COUNT -> new FloatAccumulators.Count(false, steps);
      case GROUP -> new FloatAccumulators.Count(true, steps);
      case MIN -> new FloatAccumulators.Extreme(false, steps);
      case MAX -> new FloatAccumulators.Extreme(true, steps);
      case STDDEV -> new FloatAccumulators.Variance(true, steps);
      case STDVAR -> new FloatAccumulators.Variance(false, steps);
    };
  }
}
