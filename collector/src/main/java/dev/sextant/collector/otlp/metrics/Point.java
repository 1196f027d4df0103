package dev.sextant.collector.otlp.metrics;

import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.storage.otlp.ProtoReader;
import java.util.ArrayList;
import java.util.List;

/** What all kinds of data points have; {@link #read} fills it from the message inside. */
abstract class Point {
  static final double STALE = Double.longBitsToDouble(NativeHistogram.STALE_BITS);

  final PointLabels labels = new PointLabels();
  final List<Exemplar> exemplars = new ArrayList<>();
  long timeNanos;
  long startNanos;
  int flags;

  /** Reads from the message's first field to its end. */
  Point read(ProtoReader reader) {
    while (reader.next()) {
      field(reader);
    }
    return this;
  }

  /** Takes the field that the reader stands on. */
  abstract void field(ProtoReader reader);

  abstract void write(PointSink sink);

  final long timeMillis() {
    return Math.floorDiv(timeNanos, 1_000_000L);
  }

  final long startMillis() {
    return Math.floorDiv(startNanos, 1_000_000L);
  }

  /** Whether the sender says that the series has no value any more. */
  final boolean isStale() {
    return (flags & 1) != 0;
  }

  /** The value, or the stale marker. */
  final double orStale(double value) {
    return isStale() ? STALE : value;
  }
}
