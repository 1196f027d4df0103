package dev.sextant.metrics.embedded;

import dev.sextant.metrics.column.ByteReader;
import dev.sextant.metrics.column.ByteWriter;
import dev.sextant.metrics.column.DoubleColumn;
import dev.sextant.metrics.column.LongColumn;
import dev.sextant.metrics.column.MixedColumn;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleArray;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one series as bytes. The times' bytes stand apart, so that series of one target share
 * them.
 *
 * @param times a {@link LongColumn}
 * @param data one byte of flags (1 has histograms, 2 has start timestamps), the values as {@link
 *     DoubleColumn} or, with histograms, {@link MixedColumn}, and the start timestamps as {@link
 *     LongColumn}
 */
record Chunk(int count, long minMillis, long maxMillis, byte[] times, byte[] data)
    implements SamplePart {
  private static final int HISTOGRAMS = 1;
  private static final int STARTS = 2;
  private static final String SOURCE = "a chunk in the head";

  /** Bytes of the object and of the heads of its arrays. */
  private static final int OVERHEAD = 88;

  static Chunk of(SampleArray samples) {
    return of(samples, encodeTimes(samples.times(), samples.size()));
  }

  static Chunk of(SampleArray samples, byte[] encodedTimes) {
    int count = samples.size();
    return new Chunk(
        count, samples.times()[0], samples.times()[count - 1], encodedTimes, encodeData(samples));
  }

  static byte[] encodeTimes(long[] times, int count) {
    ByteWriter out = new ByteWriter(32);
    LongColumn.write(out, times, count);
    return out.toByteArray();
  }

  private static byte[] encodeData(SampleArray samples) {
    int count = samples.size();
    boolean histograms = anyHistogram(samples);
    boolean starts = anyStart(samples);
    ByteWriter out = new ByteWriter(64);
    out.u8((histograms ? HISTOGRAMS : 0) | (starts ? STARTS : 0));
    if (histograms && samples.histograms() != null) {
      MixedColumn.write(out, samples.values(), samples.histograms(), count);
    } else {
      DoubleColumn.write(out, samples.values(), count);
    }
    if (starts && samples.startTimestamps() != null) {
      LongColumn.write(out, samples.startTimestamps(), count);
    }
    return out.toByteArray();
  }

  @Override
  public SampleArray decode() {
    return decode(count, TimeColumns.decode(times, count, SOURCE), data, SOURCE);
  }

  @Override
  public SampleArray decode(TimeColumns columns) {
    return decode(count, columns.times(times, 0, count, () -> times, SOURCE), data, SOURCE);
  }

  static SampleArray decode(int count, long[] times, byte[] data, String source) {
    ByteReader in = new ByteReader(data, source);
    int flags = in.u8();
    double[] values;
    @Nullable NativeHistogram @Nullable [] histograms = null;
    if ((flags & HISTOGRAMS) != 0) {
      MixedColumn.Mixed mixed = MixedColumn.read(in, count);
      values = mixed.values();
      histograms = mixed.histograms();
    } else {
      values = DoubleColumn.read(in, count);
    }
    long[] starts = (flags & STARTS) != 0 ? LongColumn.read(in, count) : null;
    in.checkEnd();
    return new SampleArray(count, times, values, histograms, starts);
  }

  /** What it takes of the heap without its times. */
  int bytes() {
    return OVERHEAD + data.length;
  }

  private static boolean anyHistogram(SampleArray samples) {
    for (int i = 0; samples.histograms() != null && i < samples.size(); i++) {
      if (samples.histogram(i) != null) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyStart(SampleArray samples) {
    for (int i = 0; samples.startTimestamps() != null && i < samples.size(); i++) {
      if (samples.startTimestamp(i) != 0) {
        return true;
      }
    }
    return false;
  }
}
