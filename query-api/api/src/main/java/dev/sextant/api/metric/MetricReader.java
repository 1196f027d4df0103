package dev.sextant.api.metric;

import dev.sextant.metrics.model.Labels;
import java.util.List;

/**
 * Evaluates PromQL for the facade's own questions. Thread-safe; times in milliseconds since the
 * epoch. Ends with {@link dev.sextant.promql.PromException} where the running request is called off
 * or a limit of queries is reached.
 */
public interface MetricReader {
  /** One element of an instant vector. */
  record Value(Labels labels, double value) {}

  /** One series over steps; NaN where it has no value. */
  record Row(Labels labels, double[] values) {}

  List<Value> instant(String tenant, String expression, long timeMillis);

  /** Rows with one value for each of {@code start, start + step, … ≤ end}. */
  List<Row> range(
      String tenant, String expression, long startMillis, long endMillis, long stepMillis);

  /** Series that have samples in the range, each with the time of its newest one. */
  List<Seen> seen(String tenant, String metric, long fromMillis, long toMillis);

  /** A series and when it was last heard of. */
  record Seen(Labels labels, long lastMillis) {}
}
