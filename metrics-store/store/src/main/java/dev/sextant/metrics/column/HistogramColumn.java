package dev.sextant.metrics.column;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * A column of native histograms. Neighbours of one layout (schema, spans, bounds, zero threshold,
 * reset hint) form a run, and within a run each bucket is a {@link DoubleColumn}, since a bucket's
 * counts resemble each other more than its neighbours'.
 *
 * <p>A run: its length as varint; the schema as zigzag varint; one byte of reset hint; the zero
 * threshold's raw bits; the spans of positive and negative buckets, each as a varint count of
 * numbers and zigzag varints; the bounds as a varint count and raw bits; then the columns of zero
 * counts, counts, sums, and of each positive and each negative bucket. The numbers of positive and
 * of negative buckets stand as varints before the columns. Runs follow until the count, which is
 * the caller's to keep, is reached.
 */
public final class HistogramColumn {
  private HistogramColumn() {}

  public static void write(ByteWriter out, NativeHistogram[] histograms, int count) {
    for (int start = 0; start < count; ) {
      int end = start + 1;
      while (end < count && sameLayout(histograms[start], histograms[end])) {
        end++;
      }
      writeRun(out, Arrays.copyOfRange(histograms, start, end));
      start = end;
    }
  }

  public static NativeHistogram[] read(ByteReader in, int count) {
    NativeHistogram[] histograms = new NativeHistogram[count];
    for (int start = 0; start < count; ) {
      int length = in.count(count - start, "length of a run of histograms");
      if (length == 0) {
        throw in.damaged("a run of histograms is empty");
      }
      readRun(in, histograms, start, length);
      start += length;
    }
    return histograms;
  }

  private static boolean sameLayout(NativeHistogram a, NativeHistogram b) {
    return a.schema() == b.schema()
        && a.resetHint() == b.resetHint()
        && Double.doubleToRawLongBits(a.zeroThreshold())
            == Double.doubleToRawLongBits(b.zeroThreshold())
        && a.positiveCounts().length == b.positiveCounts().length
        && a.negativeCounts().length == b.negativeCounts().length
        && Arrays.equals(a.positiveSpans(), b.positiveSpans())
        && Arrays.equals(a.negativeSpans(), b.negativeSpans())
        && Arrays.equals(a.customBounds(), b.customBounds());
  }

  private static void writeRun(ByteWriter out, NativeHistogram[] run) {
    NativeHistogram layout = run[0];
    out.varint(run.length);
    out.zigzag(layout.schema());
    out.u8(layout.resetHint().ordinal());
    out.f64(layout.zeroThreshold());
    writeInts(out, layout.positiveSpans());
    writeInts(out, layout.negativeSpans());
    out.varint(layout.customBounds().length);
    for (double bound : layout.customBounds()) {
      out.f64(bound);
    }
    out.varint(layout.positiveCounts().length);
    out.varint(layout.negativeCounts().length);
    writeColumn(out, run, NativeHistogram::zeroCount);
    writeColumn(out, run, NativeHistogram::count);
    writeColumn(out, run, NativeHistogram::sum);
    for (int i = 0; i < layout.positiveCounts().length; i++) {
      int bucket = i;
      writeColumn(out, run, histogram -> histogram.positiveCounts()[bucket]);
    }
    for (int i = 0; i < layout.negativeCounts().length; i++) {
      int bucket = i;
      writeColumn(out, run, histogram -> histogram.negativeCounts()[bucket]);
    }
  }

  private static void writeColumn(
      ByteWriter out, NativeHistogram[] run, ToDoubleFunction<NativeHistogram> field) {
    DoubleColumn.write(out, Arrays.stream(run).mapToDouble(field).toArray(), run.length);
  }

  private static void writeInts(ByteWriter out, int[] values) {
    out.varint(values.length);
    for (int value : values) {
      out.zigzag(value);
    }
  }

  private static void readRun(ByteReader in, NativeHistogram[] histograms, int start, int length) {
    int schema = (int) in.zigzag();
    int hint = in.u8();
    if (hint >= ResetHint.values().length) {
      throw in.damaged("reset hint " + hint + " is unknown");
    }
    double zeroThreshold = in.f64();
    int[] positiveSpans = readInts(in);
    int[] negativeSpans = readInts(in);
    double[] bounds = new double[in.count(in.remaining() / 8, "count of bounds")];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = in.f64();
    }
    int positive = in.countOfRest("count of positive buckets");
    int negative = in.countOfRest("count of negative buckets");
    double[] zeroCounts = DoubleColumn.read(in, length);
    double[] counts = DoubleColumn.read(in, length);
    double[] sums = DoubleColumn.read(in, length);
    double[][] positiveCounts = readBuckets(in, positive, length);
    double[][] negativeCounts = readBuckets(in, negative, length);
    for (int i = 0; i < length; i++) {
      histograms[start + i] =
          new NativeHistogram(
              schema,
              zeroThreshold,
              zeroCounts[i],
              counts[i],
              sums[i],
              positiveSpans,
              positiveCounts[i],
              negativeSpans,
              negativeCounts[i],
              bounds,
              ResetHint.values()[hint]);
    }
  }

  private static int[] readInts(ByteReader in) {
    int[] values = new int[in.countOfRest("count of span numbers")];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) in.zigzag();
    }
    return values;
  }

  /** Counts by histogram and bucket, from columns by bucket. */
  private static double[][] readBuckets(ByteReader in, int buckets, int length) {
    double[][] byHistogram = new double[length][buckets];
    for (int bucket = 0; bucket < buckets; bucket++) {
      double[] column = DoubleColumn.read(in, length);
      for (int i = 0; i < length; i++) {
        byHistogram[i][bucket] = column[i];
      }
    }
    return byHistogram;
  }
}
