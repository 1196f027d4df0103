package dev.sextant.collector.receive;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of one series and its samples.
 *
 * @param labels how many a series may have beside its name; {@code ingest.limits.labels}
 * @param labelValue length of a label's value in characters; {@code ingest.limits.label-value}
 * @param buckets of a histogram, on either side of zero; {@code ingest.limits.histogram-buckets}
 */
public record SeriesLimits(int labels, int labelValue, int buckets) {
  public static final SeriesLimits DEFAULT = new SeriesLimits(100, 4096, 1000);

  /** Why these labels are not taken, or null. */
  public @Nullable String objection(Map<String, String> named) {
    if (named.size() > labels) {
      return "it has "
          + named.size()
          + " labels, more than "
          + labels
          + "; raise ingest.limits.labels";
    }
    for (Map.Entry<String, String> each : named.entrySet()) {
      if (each.getKey().length() > labelValue || each.getValue().length() > labelValue) {
        String name = each.getKey();
        return "its label "
            + (name.length() > 60 ? name.substring(0, 60) + "…" : name)
            + " has more than "
            + labelValue
            + " characters; raise ingest.limits.label-value";
      }
    }
    return null;
  }

  /** Why a histogram of so many buckets is not taken, or null. */
  public @Nullable String bucketObjection(int count) {
    return count <= buckets
        ? null
        : "it has "
            + count
            + " buckets, more than "
            + buckets
            + "; raise ingest.limits.histogram-buckets";
  }
}
