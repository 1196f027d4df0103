package dev.sextant.traceql;

import dev.sextant.trace.model.SpanSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Series, in the order of how many labels they have, then of their labels.
 *
 * @param timesNanos when samples are, since the epoch, ascending; one for an instant query
 * @param incomplete why series are missing, naming what to change; null where none is
 * @param tracesRead traces that a pipeline was evaluated on; 0 where spans were counted one by one
 * @param inspected what the source looked at, over all parts of the query
 */
@SuppressWarnings("ArrayRecordComponent")
public record MetricsAnswer(
    long[] timesNanos,
    List<Series> series,
    @Nullable String incomplete,
    long tracesRead,
    SpanSource.Inspected inspected) {
  public MetricsAnswer {
    series = List.copyOf(series);
  }

  /**
   * One series.
   *
   * @param labels in their order
   * @param values one for each time; NaN where there is no sample
   * @param exemplars by time
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Series(List<NamedValue> labels, double[] values, List<Exemplar> exemplars) {
    public Series {
      labels = List.copyOf(labels);
      exemplars = List.copyOf(exemplars);
    }
  }

  /**
   * A span that stands for many.
   *
   * @param labels what the query mentions of the span, and {@code trace:id}
   * @param value the measured attribute, durations in seconds; where spans are counted, or the
   *     series is computed of others, the sample
   * @param timeNanos when the span starts, since the epoch
   */
  public record Exemplar(List<NamedValue> labels, double value, long timeNanos) {
    public Exemplar {
      labels = List.copyOf(labels);
    }
  }
}
