package dev.sextant.log.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.DateHistogramBucket;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import dev.sextant.log.Level;
import dev.sextant.log.LogPlan;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.UnsupportedPlanException;
import dev.sextant.storage.elasticsearch.RowStream;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts lines by time and level, and by the values of a field. */
final class LineCounts {
  private static final long MILLI = 1_000_000;
  private static final int LEVELS = Level.values().length;

  private final RowStream stream;

  LineCounts(RowStream stream) {
    this.stream = stream;
  }

  /**
   * @throws UnsupportedPlanException where a bucket is no whole number of milliseconds, the
   *     cluster's finest
   */
  LogPlan.LogHistogram histogram(LogPlan.Histogram plan) {
    long millis = plan.bucketNanos() / MILLI;
    if (millis < 1 || plan.bucketNanos() % MILLI != 0) {
      throw new UnsupportedPlanException(
          "this log store counts in buckets of whole milliseconds, not of %d ns"
              .formatted(plan.bucketNanos()));
    }
    Aggregation byLevel = Aggregation.of(a -> a.terms(t -> t.field("level").size(LEVELS)));
    Aggregation byTime =
        Aggregation.of(
            a ->
                a.dateHistogram(
                        h ->
                            h.field("@timestamp")
                                .fixedInterval(t -> t.time(millis + "ms"))
                                .minDocCount(1))
                    .aggregations("levels", byLevel));
    TreeMap<Long, long[]> buckets = new TreeMap<>();
    for (DateHistogramBucket bucket :
        stream.aggregate(FilterQuery.of(plan), byTime).dateHistogram().buckets().array()) {
      buckets.put(bucket.key() * MILLI, levels(bucket.aggregations().get("levels")));
    }
    return new LogPlan.LogHistogram(plan.bucketNanos(), buckets);
  }

  private static long[] levels(@Nullable Aggregate levels) {
    if (levels == null) {
      throw new StoreException("Elasticsearch answered a histogram without its levels");
    }
    long[] counts = new long[LEVELS];
    for (StringTermsBucket bucket : levels.sterms().buckets().array()) {
      String name = bucket.key().stringValue().toUpperCase(Locale.ROOT);
      counts[Level.valueOf(name).ordinal()] = bucket.docCount();
    }
    return counts;
  }

  /** Over several shards, counts of values that are not frequent everywhere may be too low. */
  List<LogPlan.ValueCount> values(LogPlan.FieldValues plan) {
    String field =
        switch (plan.field()) {
          case "service.name" -> "service";
          case "level" -> "level";
          default -> FilterQuery.indexField(plan.field());
        };
    Aggregation terms = Aggregation.of(a -> a.terms(t -> t.field(field).size(plan.limit())));
    return stream.aggregate(FilterQuery.of(plan), terms).sterms().buckets().array().stream()
        .map(each -> new LogPlan.ValueCount(each.key().stringValue(), each.docCount()))
        .toList();
  }
}
