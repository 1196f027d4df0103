package dev.sextant.collector.otlp.metrics;

import dev.sextant.collector.otlp.metrics.PointSink.Part;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.otlp.ProtoReader;
import java.util.ArrayList;
import java.util.List;

/** {@code SummaryDataPoint}: its quantiles, {@code _sum} and {@code _count}. */
final class SummaryPoint extends Point {
  private final List<Quantile> quantiles = new ArrayList<>();
  private long count;
  private double sum;

  private record Quantile(double quantile, double value) {}

  SummaryPoint() {
    super(7);
  }

  @Override
  void field(ProtoReader reader) {
    switch (reader.field()) {
      case 2 -> startNanos = reader.fixed64();
      case 3 -> timeNanos = reader.fixed64();
      case 4 -> count = reader.fixed64();
      case 5 -> sum = reader.fixedDouble();
      case 6 -> quantiles.add(quantile(reader));
      case 8 -> flags = reader.varint32();
      default -> reader.skip();
    }
  }

  private static Quantile quantile(ProtoReader reader) {
    double quantile = 0;
    double value = 0;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> quantile = reader.fixedDouble();
        case 2 -> value = reader.fixedDouble();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new Quantile(quantile, value);
  }

  @Override
  void write(PointSink sink) {
    if (!sink.accepts(this, Part.COUNT, sink.limits().bucketObjection(quantiles.size()))) {
      return;
    }
    sink.sample(this, sink.series(this, Part.SUM), orStale(sum), true);
    sink.sample(this, sink.series(this, Part.COUNT), orStale(count), true);
    for (Quantile each : quantiles) {
      Labels series = sink.series(this, Part.QUANTILE, each.quantile());
      sink.sample(this, series, orStale(each.value()), false);
    }
  }
}
