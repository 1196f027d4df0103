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
  final List<Exemplar> exemplars = new ArrayList<>(0);
  private final int attributes;
  long timeNanos;
  long startNanos;
  int flags;

  /**
   * @param attributes number of the field that holds attributes
   */
  Point(int attributes) {
    this.attributes = attributes;
  }

  /** Reads from the message's first field to its end. */
  Point read(ProtoReader reader) {
    labels.begin(reader, attributes);
    for (int at = reader.position(); reader.next(); at = reader.position()) {
      if (reader.field() == attributes) {
        labels.pass(reader, at);
      } else {
        field(reader);
      }
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
