package dev.sextant.collector.jaeger;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as Jaeger's formats have it, filled field by field. Of tags with one key the last one
 * stays. For one thread.
 */
final class JaegerSpan {
  /** The flags' bits. */
  static final int SAMPLED = 1;

  static final int DEBUG = 2;

  /** Who sent spans. */
  record Process(String service, Map<String, AttributeValue> tags) {
    static final Process NONE = new Process("", Map.of());
  }

  /** To another span; {@code CHILD_OF} where it does not follow. */
  record Reference(boolean followsFrom, TraceId trace, long span) {}

  /**
   * @param timeNanos since the epoch
   */
  record Log(long timeNanos, Map<String, AttributeValue> fields) {}

  TraceId trace = TraceId.NONE;
  long id;

  /** 0 where the format has it among the references only. */
  long parent;

  String operation = "";
  int flags;

  /** Since the epoch. */
  long startNanos;

  long durationNanos;
  final List<Reference> references = new ArrayList<>();
  final Map<String, AttributeValue> tags = new LinkedHashMap<>();
  final List<Log> logs = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();

  /** The span's own; null where it is the batch's. */
  @Nullable Process process;

  /**
   * The span above: the one that the format names, else the first reference within the trace, those
   * to a parent before those to a predecessor; 0 for none.
   */
  long parentOrPredecessor() {
    if (parent != 0) {
      return parent;
    }
    long predecessor = 0;
    for (Reference reference : references) {
      if (reference.trace.equals(trace)) {
        if (!reference.followsFrom) {
          return reference.span;
        }
        predecessor = predecessor == 0 ? reference.span : predecessor;
      }
    }
    return predecessor;
  }

  /** End in nanoseconds since the epoch; the last moment there is where the sum lies beyond. */
  long endNanos() {
    long end = startNanos + durationNanos;
    return durationNanos > 0 && end < startNanos ? Long.MAX_VALUE : end;
  }
}
