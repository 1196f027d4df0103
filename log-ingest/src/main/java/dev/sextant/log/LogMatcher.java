package dev.sextant.log;

import dev.sextant.storage.TimeRange;
import dev.sextant.storage.block.BlockQuery;
import dev.sextant.storage.block.TermMatch;
import dev.sextant.storage.otlp.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A filter made ready: which blocks may hold a match, and whether a line is one. What columns can
 * decide is asked first, so that payloads are decompressed only where they must be. For one thread.
 */
final class LogMatcher {
  private final LogFilter filter;
  private final List<TextMatcher> texts;
  private final List<byte[]> fieldKeys;
  private final boolean[] levels = new boolean[LevelCounts.LEVELS];

  LogMatcher(LogFilter filter) {
    this.filter = filter;
    this.texts = filter.texts().stream().map(TextMatcher::new).toList();
    this.fieldKeys =
        filter.fields().stream()
            .map(field -> field.field().getBytes(StandardCharsets.UTF_8))
            .toList();
    for (Level level : Level.values()) {
      levels[level.ordinal()] = filter.levels().isEmpty() || filter.levels().contains(level);
    }
  }

  BlockQuery query(String tenant, TimeRange range) {
    List<TermMatch> terms = texts.stream().flatMap(text -> text.terms().stream()).toList();
    return new BlockQuery(tenant, range, filter.services(), terms);
  }

  /** Whether a block's pre-counted levels answer for its lines; services are the block's. */
  boolean isByLevelOnly() {
    return filter.texts().isEmpty()
        && filter.fields().isEmpty()
        && filter.traceId() == null
        && filter.spanId() == 0;
  }

  boolean takesLevel(int level) {
    return levels[level];
  }

  boolean mayMatch(StoredLines lines) {
    TraceId trace = filter.traceId();
    if (trace != null
        && !trace.isNone()
        && !lines.block().mightContain(LogKeys.ofTrace(trace.high(), trace.low()))) {
      return false;
    }
    for (LogFilter.FieldEquals field : filter.fields()) {
      if (!field.negated()
          && !lines.block().mightContain(LogKeys.ofField(field.field(), field.value()))) {
        return false;
      }
    }
    for (TextMatcher text : texts) {
      for (long key : text.keys()) {
        if (!lines.block().mightContain(key)) {
          return false;
        }
      }
    }
    return true;
  }

  boolean matches(StoredLines lines, int index) {
    if (!levels[(int) lines.levels()[index]]) {
      return false;
    }
    TraceId trace = filter.traceId();
    if (trace != null
        && (lines.traceLow()[index] != trace.low() || lines.traceHigh()[index] != trace.high())) {
      return false;
    }
    if (filter.spanId() != 0 && lines.spanIds()[index] != filter.spanId()) {
      return false;
    }
    return fieldsMatch(lines, index) && textsMatch(lines, index);
  }

  private boolean fieldsMatch(StoredLines lines, int index) {
    for (int i = 0; i < fieldKeys.size(); i++) {
      LogFilter.FieldEquals field = filter.fields().get(i);
      String value = lines.field(index, field.field(), fieldKeys.get(i));
      if (field.value().equals(value) == field.negated()) {
        return false;
      }
    }
    return true;
  }

  private boolean textsMatch(StoredLines lines, int index) {
    if (texts.isEmpty()) {
      return true;
    }
    String body = Words.fold(lines.bodyText(index));
    for (TextMatcher text : texts) {
      if (!text.matches(body)) {
        return false;
      }
    }
    return true;
  }
}
