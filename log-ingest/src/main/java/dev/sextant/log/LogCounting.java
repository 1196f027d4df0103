package dev.sextant.log;

import dev.sextant.storage.block.BlockRef;
import dev.sextant.storage.block.BlockStore;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts lines by time or by the values of a field; from pre-counted levels where a block allows.
 */
final class LogCounting {
  private static final Comparator<BlockRef> OLDEST_FIRST =
      Comparator.comparingLong(BlockRef::minTime);
  private static final Level[] LEVELS = Level.values();

  private final BlockStore blocks;
  private final LogStoreSettings settings;

  LogCounting(BlockStore blocks, LogStoreSettings settings) {
    this.blocks = blocks;
    this.settings = settings;
  }

  LogPlan.LogHistogram histogram(LogPlan.Histogram plan) {
    long width = Math.max(1, plan.bucketNanos());
    SortedMap<Long, long[]> buckets = new TreeMap<>();
    LogScan scan = new LogScan(blocks, plan);
    scan.forEach(OLDEST_FIRST, lines -> add(scan, lines, width, buckets));
    return new LogPlan.LogHistogram(width, buckets);
  }

  private void add(LogScan scan, StoredLines lines, long width, SortedMap<Long, long[]> buckets) {
    long first = bucket(lines.block().minTime(), width);
    boolean oneBucket = first == bucket(lines.block().maxTime(), width);
    if (oneBucket || width % LevelCounts.MINUTE == 0) {
      LevelCounts counts = scan.counts(lines);
      counts
          .minutes()
          .forEach(
              (minute, levels) -> {
                long start = oneBucket ? first : bucket(minute * LevelCounts.MINUTE, width);
                for (int level = 0; level < levels.length; level++) {
                  if (levels[level] > 0 && scan.matcher().takesLevel(level)) {
                    ofBucket(buckets, start)[level] += levels[level];
                  }
                }
              });
      if (!counts.isEmpty()) {
        return;
      }
    }
    long[] times = lines.times();
    long[] levels = lines.levels();
    for (int i = 0; i < lines.block().rows(); i++) {
      if (scan.matches(lines, i)) {
        ofBucket(buckets, bucket(times[i], width))[(int) levels[i]]++;
      }
    }
  }

  private static long bucket(long time, long width) {
    return Math.floorDiv(time, width) * width;
  }

  private long[] ofBucket(SortedMap<Long, long[]> buckets, long start) {
    long[] known = buckets.get(start);
    if (known == null) {
      if (buckets.size() >= settings.maxBuckets()) {
        throw new IllegalArgumentException(
            "the histogram has more than storage.logs.max-buckets (%d) buckets: ask for wider ones"
                .formatted(settings.maxBuckets()));
      }
      known = new long[LevelCounts.LEVELS];
      buckets.put(start, known);
    }
    return known;
  }

  List<LogPlan.ValueCount> values(LogPlan.FieldValues plan) {
    Map<String, long[]> counts = new HashMap<>();
    LogScan scan = new LogScan(blocks, plan);
    byte[] key = plan.field().getBytes(StandardCharsets.UTF_8);
    scan.forEach(
        OLDEST_FIRST,
        lines -> {
          for (int i = 0; i < lines.block().rows(); i++) {
            if (scan.matches(lines, i)) {
              count(value(lines, i, plan.field(), key), counts);
            }
          }
        });
    return counts.entrySet().stream()
        .map(e -> new LogPlan.ValueCount(e.getKey(), e.getValue()[0]))
        .sorted(
            Comparator.comparingLong(LogPlan.ValueCount::lines)
                .reversed()
                .thenComparing(LogPlan.ValueCount::value))
        .limit(plan.limit())
        .toList();
  }

  private static @Nullable String value(StoredLines lines, int index, String field, byte[] key) {
    return switch (field) {
      case "service.name" -> lines.resource(index).service();
      case "level" -> LEVELS[(int) lines.levels()[index]].name().toLowerCase(Locale.ROOT);
      default -> lines.field(index, field, key);
    };
  }

  /** Beyond the bound, only values that are known already are counted on. */
  private void count(@Nullable String value, Map<String, long[]> counts) {
    if (value == null) {
      return;
    }
    long[] known = counts.get(value);
    if (known != null) {
      known[0]++;
    } else if (counts.size() < settings.maxFieldValues()) {
      counts.put(value, new long[] {1});
    }
  }
}
