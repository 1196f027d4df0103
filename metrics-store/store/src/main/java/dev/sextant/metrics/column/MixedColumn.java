package dev.sextant.metrics.column;

import dev.sextant.metrics.model.NativeHistogram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples of which some are floats and some histograms: one bit a sample, lowest first, padded to a
 * byte, set for a histogram; the floats as {@link DoubleColumn}; the histograms as {@link
 * HistogramColumn}.
 */
public final class MixedColumn {
  private MixedColumn() {}

  /** What {@link #read} found; a float is 0 where a histogram stands. */
  public record Mixed(double[] values, @Nullable NativeHistogram[] histograms) {}

  public static void write(
      ByteWriter out, double[] values, @Nullable NativeHistogram[] histograms, int count) {
    double[] floats = new double[count];
    int size = 0;
    List<NativeHistogram> present = new ArrayList<>();
    for (int i = 0; i < count; i += 8) {
      int bits = 0;
      for (int j = i; j < Math.min(i + 8, count); j++) {
        NativeHistogram histogram = histograms[j];
        if (histogram == null) {
          floats[size++] = values[j];
        } else {
          bits |= 1 << (j - i);
          present.add(histogram);
        }
      }
      out.u8(bits);
    }
    DoubleColumn.write(out, floats, size);
    HistogramColumn.write(out, present.toArray(new NativeHistogram[0]), present.size());
  }

  public static Mixed read(ByteReader in, int count) {
    byte[] present = in.bytes((count + 7) / 8);
    int numbers = 0;
    for (int i = 0; i < count; i++) {
      numbers += bit(present, i);
    }
    double[] floats = DoubleColumn.read(in, count - numbers);
    NativeHistogram[] read = HistogramColumn.read(in, numbers);
    double[] values = new double[count];
    @Nullable NativeHistogram[] histograms = new NativeHistogram[count];
    for (int i = 0, atFloat = 0, atHistogram = 0; i < count; i++) {
      if (bit(present, i) == 1) {
        histograms[i] = read[atHistogram++];
      } else {
        values[i] = floats[atFloat++];
      }
    }
    return new Mixed(values, histograms);
  }

  private static int bit(byte[] bits, int index) {
    return bits[index >> 3] >> (index & 7) & 1;
  }
}
