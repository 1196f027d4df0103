package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.ast.Span;
import dev.sextant.promql.step.SameLabels;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Functions that order an instant vector. Over a range there is no such order: it is as it was,
 * with a warning.
 */
final class SortOps {
  private SortOps() {}

  static VectorOp byValue(VectorOp inner, boolean descending, Span call) {
    Comparator<StepSeries> order =
        (a, b) -> {
          double x = a.value(0);
          double y = b.value(0);
          if (Double.isNaN(x) || Double.isNaN(y)) {
            return Boolean.compare(Double.isNaN(x), Double.isNaN(y));
          }
          return descending ? Double.compare(y, x) : Double.compare(x, y);
        };
    return sorted(inner, order, true, call);
  }

  static VectorOp byLabels(VectorOp inner, List<String> names, boolean descending, Span call) {
    Comparator<Labels> order =
        (a, b) -> {
          for (String name : names) {
            int difference = NaturalOrder.compare(a.get(name), b.get(name));
            if (difference != 0) {
              return difference;
            }
          }
          return a.compareTo(b);
        };
    Comparator<StepSeries> series = Comparator.comparing(StepSeries::labels, order);
    return sorted(inner, descending ? series.reversed() : series, false, call);
  }

  private static VectorOp sorted(
      VectorOp inner, Comparator<StepSeries> order, boolean floatsOnly, Span call) {
    return (execution, steps) -> {
      if (!execution.outer().isInstant()) {
        execution
            .noticesAt(call)
            .warning(
                "sort is ineffective for range queries since results are always ordered by labels");
      }
      SeriesStream in = inner.open(execution, steps);
      SeriesStream kept =
          new MappedStream(
              in,
              series -> {
                if (floatsOnly) {
                  series.keepOnlyFloats();
                }
                return series;
              });
      if (steps.count() > 1) {
        return kept;
      }
      List<StepSeries> all = new ArrayList<>(SameLabels.join(kept, false, execution));
      all.sort(execution.checked(order));
      return SeriesStream.of(all);
    };
  }
}
