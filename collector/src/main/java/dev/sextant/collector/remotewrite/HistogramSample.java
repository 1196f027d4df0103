package dev.sextant.collector.remotewrite;

import dev.sextant.collector.receive.PackedValues;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.storage.otlp.ProtoReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One {@code prometheus.Histogram}: integer histograms hold their buckets as deltas, float ones as
 * absolute counts.
 */
final class HistogramSample {
  private final Side negative = new Side();
  private final Side positive = new Side();
  private final PackedValues customBounds = new PackedValues();
  private double count;
  private double sum;
  private int schema;
  private double zeroThreshold;
  private double zeroCount;
  private int resetHint;
  private long timeMillis;

  /** Buckets of one sign. */
  private static final class Side {
    private final PackedValues deltas = new PackedValues();
    private final PackedValues counts = new PackedValues();
    private int[] spans = new int[0];
    private long buckets;

    void span(ProtoReader reader) {
      int offset = 0;
      int length = 0;
      int outer = reader.enter();
      while (reader.next()) {
        switch (reader.field()) {
          case 1 -> offset = zigzag(reader.varint32());
          case 2 -> length = reader.varint32();
          default -> reader.skip();
        }
      }
      reader.leave(outer);
      spans = Arrays.copyOf(spans, spans.length + 2);
      spans[spans.length - 2] = offset;
      spans[spans.length - 1] = length;
      buckets += length & 0xffff_ffffL;
    }

    /** How many counts there are; −1 where they do not match the spans. */
    int size() {
      int size = Math.max(deltas.size(), counts.size());
      return size == buckets ? size : -1;
    }

    double[] absolute() {
      double[] values = new double[size()];
      double running = 0;
      for (int i = 0; i < values.length; i++) {
        running += deltas.size() > 0 ? deltas.zigzag(i) : 0;
        values[i] = deltas.size() > 0 ? running : counts.decimal(i);
      }
      return values;
    }
  }

  HistogramSample read(ProtoReader reader) {
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> count = reader.varint();
        case 2 -> count = reader.fixedDouble();
        case 3 -> sum = reader.fixedDouble();
        case 4 -> schema = zigzag(reader.varint32());
        case 5 -> zeroThreshold = reader.fixedDouble();
        case 6 -> zeroCount = reader.varint();
        case 7 -> zeroCount = reader.fixedDouble();
        case 8 -> negative.span(reader);
        case 9 -> negative.deltas.readVarints(reader);
        case 10 -> negative.counts.readFixed(reader);
        case 11 -> positive.span(reader);
        case 12 -> positive.deltas.readVarints(reader);
        case 13 -> positive.counts.readFixed(reader);
        case 14 -> resetHint = reader.varint32();
        case 15 -> timeMillis = reader.varint();
        case 16 -> customBounds.readFixed(reader);
        default -> reader.skip();
      }
    }
    return this;
  }

  private static int zigzag(int bits) {
    return (bits >>> 1) ^ -(bits & 1);
  }

  long timeMillis() {
    return timeMillis;
  }

  @Nullable String objection(SeriesLimits limits) {
    if (schema != NativeHistogram.CUSTOM_BUCKETS && (schema < -4 || schema > 8)) {
      return "its histogram schema is " + schema + ", not -4 to 8 or -53";
    }
    if (negative.size() < 0 || positive.size() < 0) {
      return "its histogram's spans and buckets differ in number";
    }
    if (resetHint < 0 || resetHint > 3) {
      return "its reset hint is " + resetHint;
    }
    return limits.bucketObjection(
        Math.max(customBounds.size(), Math.max(negative.size(), positive.size())));
  }

  /** What {@link #objection} found nothing against. */
  NativeHistogram histogram() {
    double[] bounds = new double[customBounds.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = customBounds.decimal(i);
    }
    return new NativeHistogram(
        schema,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positive.spans,
        positive.absolute(),
        negative.spans,
        negative.absolute(),
        bounds,
        NativeHistogram.ResetHint.values()[resetHint]);
  }
}
