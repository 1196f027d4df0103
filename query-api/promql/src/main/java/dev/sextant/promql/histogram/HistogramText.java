package dev.sextant.promql.histogram;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.print.GoNumbers;

/** Native histograms as text. */
public final class HistogramText {
  private HistogramText() {}

  /**
   * Such as {@code {count:3, sum:4.5, [-0.001,0.001]:1, (0.5,1]:2}}: ascending, empty buckets left
   * out.
   */
  public static String of(NativeHistogram h) {
    StringBuilder out = new StringBuilder("{count:").append(GoNumbers.general(h.count()));
    out.append(", sum:").append(GoNumbers.general(h.sum()));
    BucketList buckets = BucketList.of(h);
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.count(i) == 0) {
        continue;
      }
      boolean negative = !Bounds.isCustom(h) && buckets.upper(i) <= 0 && !buckets.isZero(i);
      boolean lowerIn =
          negative || buckets.isZero(i) || buckets.lower(i) == Double.NEGATIVE_INFINITY;
      out.append(", ").append(lowerIn ? '[' : '(');
      out.append(GoNumbers.general(buckets.lower(i)))
          .append(',')
          .append(GoNumbers.general(buckets.upper(i)));
      out.append(negative ? ')' : ']').append(':').append(GoNumbers.general(buckets.count(i)));
    }
    return out.append('}').toString();
  }
}
