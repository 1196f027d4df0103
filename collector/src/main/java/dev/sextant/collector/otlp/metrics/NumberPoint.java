package dev.sextant.collector.otlp.metrics;

import dev.sextant.collector.otlp.metrics.PointSink.Part;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.otlp.ProtoReader;

/** {@code NumberDataPoint}: one sample. */
final class NumberPoint extends Point {
  private final boolean counter;
  private double value;

  NumberPoint(boolean counter) {
    super(7);
    this.counter = counter;
  }

  @Override
  void field(ProtoReader reader) {
    switch (reader.field()) {
      case 2 -> startNanos = reader.fixed64();
      case 3 -> timeNanos = reader.fixed64();
      case 4 -> value = reader.fixedDouble();
      case 5 -> exemplars.add(Exemplars.read(reader));
      case 6 -> value = reader.fixed64();
      case 8 -> flags = reader.varint32();
      default -> reader.skip();
    }
  }

  @Override
  void write(PointSink sink) {
    if (sink.accepts(this, Part.PLAIN, null)) {
      Labels series = sink.series(this, Part.PLAIN);
      sink.sample(this, series, orStale(value), counter);
      exemplars.forEach(exemplar -> sink.exemplar(series, exemplar));
    }
  }
}
