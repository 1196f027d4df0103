package dev.sextant.traceql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes series of spans. */
public sealed interface MetricsFunction {
  Place place();

  /** As queries write it. */
  default String name() {
    return switch (this) {
      case Count count -> count.rate() ? "rate" : "count_over_time";
      case OverTime over -> over.op().text() + "_over_time";
      case Histogram histogram -> "histogram_over_time";
      case Quantile quantile -> "quantile_over_time";
      case Compare compare -> "compare";
    };
  }

  /** What series are kept apart by, as written; at most 5, of some functions 4. */
  List<Reference> by();

  /**
   * {@code rate()}, {@code count_over_time()}.
   *
   * @param rate whether spans are counted by second
   */
  record Count(boolean rate, List<Reference> by, Place place) implements MetricsFunction {
    public Count {
      by = List.copyOf(by);
    }
  }

  /** {@code min_over_time(of)}, {@code max_…}, {@code avg_…}, {@code sum_…}. */
  record OverTime(Aggregate.Op op, Reference of, List<Reference> by, Place place)
      implements MetricsFunction {
    public OverTime {
      by = List.copyOf(by);
    }
  }

  /** {@code histogram_over_time(of)}. */
  record Histogram(Reference of, List<Reference> by, Place place) implements MetricsFunction {
    public Histogram {
      by = List.copyOf(by);
    }
  }

  /**
   * {@code quantile_over_time(of, q…)}.
   *
   * @param quantiles at least one, as written, each between 0 and 1
   */
  record Quantile(Reference of, List<Double> quantiles, List<Reference> by, Place place)
      implements MetricsFunction {
    public Quantile {
      quantiles = List.copyOf(quantiles);
      by = List.copyOf(by);
    }
  }

  /**
   * <code>compare({selection}, topN, start, end)</code>.
   *
   * @param selection the spans to compare with the others
   * @param topN values of each attribute, 1 to 1000
   * @param range when spans count as selected; null for always
   */
  record Compare(SpansetExpr.Filter selection, int topN, @Nullable Range range, Place place)
      implements MetricsFunction {
    @Override
    public List<Reference> by() {
      return List.of();
    }
  }

  /** Nanoseconds since the epoch. */
  record Range(long startNanos, long endNanos) {}
}
