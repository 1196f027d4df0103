package dev.sextant.collector.otlp.metrics;

import dev.sextant.collector.otlp.metrics.PointSink.Part;
import dev.sextant.collector.receive.PackedValues;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.storage.otlp.ProtoReader;
import org.jspecify.annotations.Nullable;

/**
 * {@code ExponentialHistogramDataPoint}: a native histogram. OTLP's bucket i is (base^i,
 * base^(i+1)], Prometheus' is (base^(i−1), base^i], hence the shift by one.
 */
final class ExponentialPoint extends Point {
  /** Where the sender gives no width of the zero bucket, as Prometheus assumes. */
  private static final double DEFAULT_ZERO_THRESHOLD = 1e-128;

  private static final int MAX_SCHEMA = 8;
  private static final int MIN_SCHEMA = -4;
  private static final int MAX_OFFSET = 1 << 30;

  private final Side positive = new Side();
  private final Side negative = new Side();
  private long count;
  private double sum;
  private int scale;
  private long zeroCount;
  private double zeroThreshold;

  ExponentialPoint() {
    super(1);
  }

  /** {@code Buckets} of one sign. */
  private static final class Side {
    private final PackedValues counts = new PackedValues();
    private int offset;

    void read(ProtoReader reader) {
      int outer = reader.enter();
      while (reader.next()) {
        switch (reader.field()) {
          case 1 -> offset = zigzag(reader);
          case 2 -> counts.readVarints(reader);
          default -> reader.skip();
        }
      }
      reader.leave(outer);
    }

    BucketSpans spans(int scaleDown) {
      BucketSpans spans = new BucketSpans();
      for (int i = 0; i < counts.size(); i++) {
        long index = (((long) offset + i) >> scaleDown) + 1;
        spans.add(index, counts.unsigned(i));
      }
      return spans;
    }
  }

  @Override
  void field(ProtoReader reader) {
    switch (reader.field()) {
      case 2 -> startNanos = reader.fixed64();
      case 3 -> timeNanos = reader.fixed64();
      case 4 -> count = reader.fixed64();
      case 5 -> sum = reader.fixedDouble();
      case 6 -> scale = zigzag(reader);
      case 7 -> zeroCount = reader.fixed64();
      case 8 -> positive.read(reader);
      case 9 -> negative.read(reader);
      case 10 -> flags = reader.varint32();
      case 11 -> exemplars.add(Exemplars.read(reader));
      case 14 -> zeroThreshold = reader.fixedDouble();
      default -> reader.skip();
    }
  }

  private static int zigzag(ProtoReader reader) {
    int bits = reader.varint32();
    return (bits >>> 1) ^ -(bits & 1);
  }

  @Override
  void write(PointSink sink) {
    if (!sink.accepts(this, Part.PLAIN, objection(sink.limits()))) {
      return;
    }
    int scaleDown = Math.max(0, scale - MAX_SCHEMA);
    BucketSpans above = positive.spans(scaleDown);
    BucketSpans below = negative.spans(scaleDown);
    NativeHistogram histogram =
        new NativeHistogram(
            Math.min(scale, MAX_SCHEMA),
            zeroThreshold == 0 ? DEFAULT_ZERO_THRESHOLD : zeroThreshold,
            zeroCount,
            count,
            orStale(sum),
            above.spans(),
            above.counts(),
            below.spans(),
            below.counts(),
            new double[0],
            NativeHistogram.ResetHint.UNKNOWN);
    Labels series = sink.series(this, Part.PLAIN);
    sink.histogram(this, series, histogram);
    exemplars.forEach(exemplar -> sink.exemplar(series, exemplar));
  }

  private @Nullable String objection(SeriesLimits limits) {
    if (scale < MIN_SCHEMA) {
      return "its scale " + scale + " is below " + MIN_SCHEMA + ", the coarsest there is";
    }
    if (scale > MAX_SCHEMA + 31) {
      return "its scale " + scale + " is finer than any number can tell";
    }
    if (Math.abs((long) positive.offset) > MAX_OFFSET
        || Math.abs((long) negative.offset) > MAX_OFFSET) {
      return "its bucket offset is beyond any number";
    }
    if (!(zeroThreshold >= 0)) {
      return "its zero threshold is " + zeroThreshold;
    }
    return limits.bucketObjection(Math.max(positive.counts.size(), negative.counts.size()));
  }
}
