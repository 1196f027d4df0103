package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.histogram.NativeQuantile;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepSeries;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Functions of one native histogram. Floats give nothing. */
final class HistogramOps {
  private HistogramOps() {}

  /** The function of a name, null where there is none. */
  static @Nullable ToDoubleFunction<NativeHistogram> find(String name) {
    return switch (name) {
      case "histogram_count" -> NativeHistogram::count;
      case "histogram_sum" -> NativeHistogram::sum;
      case "histogram_avg" -> h -> h.sum() / h.count();
      case "histogram_stdvar" -> NativeQuantile::variance;
      case "histogram_stddev" -> h -> Math.sqrt(NativeQuantile.variance(h));
      default -> null;
    };
  }

  static VectorOp each(VectorOp inner, ToDoubleFunction<NativeHistogram> function) {
    return (execution, steps) -> {
      SeriesStream in = inner.open(execution, steps);
      return new MappedStream(
          in,
          series -> {
            execution.checkpoint();
            Labels labels = series.labels();
            StepSeries out = StepSeries.empty(labels, true, steps.count());
            for (int i = 0; i < steps.count(); i++) {
              NativeHistogram histogram = series.histogram(i);
              if (histogram != null) {
                out.set(i, function.applyAsDouble(histogram));
              }
            }
            return out;
          });
    };
  }
}
