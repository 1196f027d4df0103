package dev.sextant.collector.otlp.metrics;

import dev.sextant.collector.otlp.metrics.PointSink.Part;
import dev.sextant.collector.receive.PackedValues;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.otlp.ProtoReader;
import org.jspecify.annotations.Nullable;

/**
 * {@code HistogramDataPoint}: a classic histogram's {@code _bucket} with cumulative counts, {@code
 * _sum} and {@code _count}.
 */
final class HistogramPoint extends Point {
  private final PackedValues counts = new PackedValues();
  private final PackedValues bounds = new PackedValues();
  private long count;
  private double sum;
  private boolean hasSum;

  HistogramPoint() {
    super(9);
  }

  @Override
  void field(ProtoReader reader) {
    switch (reader.field()) {
      case 2 -> startNanos = reader.fixed64();
      case 3 -> timeNanos = reader.fixed64();
      case 4 -> count = reader.fixed64();
      case 5 -> {
        sum = reader.fixedDouble();
        hasSum = true;
      }
      case 6 -> counts.readFixed(reader);
      case 7 -> bounds.readFixed(reader);
      case 8 -> exemplars.add(Exemplars.read(reader));
      case 10 -> flags = reader.varint32();
      default -> reader.skip();
    }
  }

  @Override
  void write(PointSink sink) {
    if (!sink.accepts(this, Part.COUNT, objection(sink.limits()))) {
      return;
    }
    double cumulative = 0;
    double lower = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < bounds.size(); i++) {
      double bound = bounds.decimal(i);
      if (bound == Double.POSITIVE_INFINITY) {
        break;
      }
      cumulative += counts.size() == 0 ? 0 : counts.unsigned(i);
      bucket(sink, lower, bound, cumulative);
      lower = bound;
    }
    double all = count >= 0 ? count : (count >>> 1 | count & 1) * 2.0;
    bucket(sink, lower, Double.POSITIVE_INFINITY, all);
    if (hasSum) {
      sink.sample(this, sink.series(this, Part.SUM), orStale(sum), true);
    }
    sink.sample(this, sink.series(this, Part.COUNT), orStale(all), true);
  }

  private void bucket(PointSink sink, double lower, double bound, double cumulative) {
    Labels series = sink.series(this, Part.BUCKET, bound);
    sink.sample(this, series, orStale(cumulative), true);
    for (Exemplar exemplar : exemplars) {
      if (exemplar.value() > lower && exemplar.value() <= bound) {
        sink.exemplar(series, exemplar);
      }
    }
  }

  private @Nullable String objection(SeriesLimits limits) {
    boolean none = counts.size() == 0 && bounds.size() == 0;
    if (!none && counts.size() != bounds.size() + 1) {
      return "it has "
          + counts.size()
          + " bucket counts for "
          + bounds.size()
          + " bounds; there must be one more than bounds";
    }
    for (int i = 0; i < bounds.size(); i++) {
      if (Double.isNaN(bounds.decimal(i)) || i > 0 && bounds.decimal(i) <= bounds.decimal(i - 1)) {
        return "its bounds do not ascend at index " + i + " (" + bounds.decimal(i) + ")";
      }
    }
    return limits.bucketObjection(counts.size());
  }
}
