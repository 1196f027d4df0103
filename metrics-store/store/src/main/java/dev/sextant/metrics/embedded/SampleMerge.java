package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Joins parts of one series. Parts may overlap; of two samples at one time that of the earlier part
 * in the list stays, and where their values differ the conflict is counted.
 */
final class SampleMerge {
  private record Ranked(int rank, SampleArray samples) {
    long first() {
      return samples.times()[0];
    }

    long last() {
      return samples.times()[samples.size() - 1];
    }
  }

  private long conflicts;

  /** Samples that lost against one of the same time and another value, so far. */
  long conflicts() {
    return conflicts;
  }

  /**
   * The samples of all parts that overlap a range of time, both ends inclusive; may hold samples
   * outside it.
   */
  SampleArray merge(List<? extends SamplePart> parts, long minMillis, long maxMillis) {
    List<Ranked> decoded = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).overlaps(minMillis, maxMillis)) {
        decoded.add(new Ranked(i, parts.get(i).decode()));
      }
    }
    if (decoded.size() == 1) {
      return decoded.get(0).samples();
    }
    decoded.sort(Comparator.comparingLong(Ranked::first));
    OpenSamples out = new OpenSamples();
    for (int start = 0; start < decoded.size(); ) {
      int end = start + 1;
      long last = decoded.get(start).last();
      while (end < decoded.size() && decoded.get(end).first() <= last) {
        last = Math.max(last, decoded.get(end++).last());
      }
      SampleArray joined = overlapping(decoded.subList(start, end));
      out.appendAll(joined, 0, joined.size());
      start = end;
    }
    return out.view();
  }

  private SampleArray overlapping(List<Ranked> cluster) {
    List<Ranked> byRank = cluster.stream().sorted(Comparator.comparingInt(Ranked::rank)).toList();
    SampleArray joined = byRank.get(0).samples();
    for (Ranked next : byRank.subList(1, byRank.size())) {
      joined = join(joined, next.samples());
    }
    return joined;
  }

  private SampleArray join(SampleArray first, SampleArray second) {
    OpenSamples out = new OpenSamples();
    int a = 0;
    int b = 0;
    while (a < first.size() || b < second.size()) {
      if (b == second.size() || (a < first.size() && first.times()[a] < second.times()[b])) {
        out.appendAll(first, a, ++a);
      } else if (a == first.size() || second.times()[b] < first.times()[a]) {
        out.appendAll(second, b, ++b);
      } else {
        conflicts += sameValue(first, a, second, b) ? 0 : 1;
        b++;
      }
    }
    return out.view();
  }

  private static boolean sameValue(SampleArray first, int a, SampleArray second, int b) {
    return sameValue(first, a, second.values()[b], second.histogram(b));
  }

  static boolean sameValue(
      SampleArray samples, int index, double value, @Nullable NativeHistogram histogram) {
    NativeHistogram present = samples.histogram(index);
    return present == null && histogram == null
        ? Double.doubleToRawLongBits(samples.values()[index]) == Double.doubleToRawLongBits(value)
        : Objects.equals(present, histogram);
  }
}
