package dev.sextant.collector.skywalking;

import dev.sextant.collector.convert.OtlpValues;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.ProtoWriter;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Writes metrics of one resource after the other as one {@code ExportMetricsServiceRequest}, each
 * with one data point. Sums and histograms are cumulative. For one thread.
 *
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto">OTLP's
 *     metrics.proto</a>
 */
final class MetricWriter {
  private static final int CUMULATIVE = 2;
  private final ProtoWriter out = new ProtoWriter();
  private int resourceMetrics = -1;
  private int scopeMetrics;
  private int points;

  /** What follows is of this resource. */
  void resource(Map<String, AttributeValue> attributes) {
    endResource();
    resourceMetrics = out.begin(1);
    int resource = out.begin(1);
    attributes.forEach((key, value) -> OtlpValues.attribute(out, 1, key, value));
    out.end(resource);
    scopeMetrics = out.begin(2);
  }

  private void endResource() {
    if (resourceMetrics >= 0) {
      out.end(scopeMetrics);
      out.end(resourceMetrics);
      resourceMetrics = -1;
    }
  }

  /** Data points written so far. */
  int points() {
    return points;
  }

  ByteBuffer request() {
    endResource();
    return out.written().buffer();
  }

  void gauge(
      String name, String unit, long timeNanos, double value, Map<String, AttributeValue> of) {
    int metric = begin(name, unit);
    int gauge = out.begin(5);
    int point = point(7, 0, timeNanos, of);
    out.fixed64(4, Double.doubleToRawLongBits(value));
    end(point, gauge, metric);
  }

  /**
   * @param monotonic whether it only ever grows
   */
  void sum(
      String name,
      String unit,
      boolean monotonic,
      long timeNanos,
      long value,
      Map<String, AttributeValue> of) {
    int metric = begin(name, unit);
    int sum = out.begin(7);
    int point = point(7, 0, timeNanos, of);
    out.fixed64(6, value);
    out.end(point);
    out.varint(2, CUMULATIVE);
    out.varint(3, monotonic ? 1 : 0);
    out.end(sum);
    out.end(metric);
  }

  /**
   * @param bounds ascending; one fewer than counts
   * @param sum of all values; NaN where it is not known
   */
  void histogram(
      String name,
      String unit,
      long startNanos,
      long timeNanos,
      double[] bounds,
      long[] counts,
      double sum,
      Map<String, AttributeValue> of) {
    int metric = begin(name, unit);
    int histogram = out.begin(9);
    int point = point(9, startNanos, timeNanos, of);
    long all = 0;
    for (long count : counts) {
      out.fixed64(6, count);
      all += count;
    }
    for (double bound : bounds) {
      out.fixed64(7, Double.doubleToRawLongBits(bound));
    }
    out.fixed64(4, all);
    if (!Double.isNaN(sum)) {
      out.fixed64(5, Double.doubleToRawLongBits(sum));
    }
    out.end(point);
    out.varint(2, CUMULATIVE);
    out.end(histogram);
    out.end(metric);
  }

  private int begin(String name, String unit) {
    points++;
    int metric = out.begin(2);
    out.text(1, name);
    out.text(3, unit);
    return metric;
  }

  private int point(int field, long startNanos, long timeNanos, Map<String, AttributeValue> of) {
    int point = out.begin(1);
    of.forEach((key, value) -> OtlpValues.attribute(out, field, key, value));
    if (startNanos != 0) {
      out.fixed64(2, startNanos);
    }
    out.fixed64(3, timeNanos);
    return point;
  }

  private void end(int point, int data, int metric) {
    out.end(point);
    out.end(data);
    out.end(metric);
  }
}
