package dev.sextant.log;

import dev.sextant.storage.codec.ByteSource;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.Slice;
import java.util.Map;
import java.util.TreeMap;

/**
 * A block's lines by minute and level, counted when it closed: the number of minutes as a varint (0
 * where they are too many to be kept), then for each the minute since the epoch as a zigzag varint
 * of its difference to the one before, and a varint for each {@link Level}.
 */
final class LevelCounts {
  static final long MINUTE = 60_000_000_000L;
  static final int LEVELS = Level.values().length;
  private static final int MAX_MINUTES = 1024;

  static final LevelCounts NONE = new LevelCounts();

  /** Minute since the epoch → lines by level. */
  private final TreeMap<Long, long[]> minutes = new TreeMap<>();

  private LevelCounts() {}

  static LevelCounts of(StoredLines lines) {
    LevelCounts counts = new LevelCounts();
    long[] times = lines.times();
    long[] levels = lines.levels();
    for (int i = 0; i < lines.block().rows(); i++) {
      counts
          .minutes
          .computeIfAbsent(Math.floorDiv(times[i], MINUTE), minute -> new long[LEVELS])[
          (int) levels[i]]++;
    }
    return counts;
  }

  void encode(ByteWriter out) {
    if (minutes.size() > MAX_MINUTES) {
      out.putVarint(0);
      return;
    }
    out.putVarint(minutes.size());
    long previous = 0;
    for (Map.Entry<Long, long[]> minute : minutes.entrySet()) {
      out.putZigZag(minute.getKey() - previous);
      previous = minute.getKey();
      for (long count : minute.getValue()) {
        out.putVarint(count);
      }
    }
  }

  /** Reads a summary; empty where there is none. */
  static LevelCounts decode(Slice summary) {
    LevelCounts counts = new LevelCounts();
    if (summary.length() == 0) {
      return counts;
    }
    ByteSource in = new ByteSource(summary);
    long minute = 0;
    for (int i = in.getCount(MAX_MINUTES); i > 0; i--) {
      minute += in.getZigZag();
      long[] levels = new long[LEVELS];
      for (int level = 0; level < LEVELS; level++) {
        levels[level] = in.getVarint();
      }
      counts.minutes.put(minute, levels);
    }
    return counts;
  }

  boolean isEmpty() {
    return minutes.isEmpty();
  }

  /** Minute since the epoch → lines by {@link Level#ordinal()}. */
  Map<Long, long[]> minutes() {
    return minutes;
  }
}
