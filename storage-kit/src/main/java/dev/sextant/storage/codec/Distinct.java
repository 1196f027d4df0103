package dev.sextant.storage.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds a column's distinct values. */
final class Distinct {
  private Distinct() {}

  /** They, ascending; or null where there are more than {@code max}. */
  static long @Nullable [] of(long[] values, int count, int max) {
    if (max < 1) {
      return null;
    }
    LongSet set = new LongSet();
    for (int i = 0; i < count; i++) {
      if (set.add(values[i]) && set.size() > max) {
        return null;
      }
    }
    long[] distinct = set.toArray();
    Arrays.sort(distinct);
    return distinct;
  }
}
