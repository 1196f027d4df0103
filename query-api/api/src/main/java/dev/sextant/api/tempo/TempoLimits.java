package dev.sextant.api.tempo;

import dev.sextant.api.http.ApiException;
import dev.sextant.traceql.parse.TextLimits;
import java.time.Duration;

/**
 * Bounds of what Tempo's API answers; an error about one names its setting.
 *
 * @param queries their text
 * @param maxTraceBytes of one trace's spans as protobuf; {@code traces.query.max-trace-bytes}
 * @param maxTraces of one search; {@code traces.query.max-traces}
 * @param maxSpansPerSet of each spanset that a search answers; {@code
 *     traces.query.max-spans-per-set}
 * @param maxSearchRange from start to end of a search; {@code traces.query.max-search-range}
 * @param maxMetricsRange from start to end of a metrics query; {@code
 *     traces.query.max-metrics-range}
 * @param maxIntervals of a metrics query; {@code traces.query.max-intervals}
 * @param maxTags names of attributes; {@code traces.query.max-tags}
 * @param maxTagValues of one attribute; {@code traces.query.max-tag-values}
 */
public record TempoLimits(
    TextLimits queries,
    long maxTraceBytes,
    int maxTraces,
    int maxSpansPerSet,
    Duration maxSearchRange,
    Duration maxMetricsRange,
    int maxIntervals,
    int maxTags,
    int maxTagValues) {
  /** What is bounded where nothing is configured. */
  public static final TempoLimits DEFAULT =
      new TempoLimits(
          TextLimits.DEFAULT,
          64 << 20,
          262_144,
          100,
          Duration.ofDays(7),
          Duration.ofDays(1),
          10_000,
          10_000,
          10_000);

  public TempoLimits withQueries(TextLimits value) {
    return new TempoLimits(
        value,
        maxTraceBytes,
        maxTraces,
        maxSpansPerSet,
        maxSearchRange,
        maxMetricsRange,
        maxIntervals,
        maxTags,
        maxTagValues);
  }

  public TempoLimits withMaxTraceBytes(long value) {
    return new TempoLimits(
        queries,
        value,
        maxTraces,
        maxSpansPerSet,
        maxSearchRange,
        maxMetricsRange,
        maxIntervals,
        maxTags,
        maxTagValues);
  }

  public TempoLimits withMaxTags(int names, int values) {
    return new TempoLimits(
        queries,
        maxTraceBytes,
        maxTraces,
        maxSpansPerSet,
        maxSearchRange,
        maxMetricsRange,
        maxIntervals,
        names,
        values);
  }

  /** Refuses a range of seconds that is too long for a search. */
  void checkRange(long start, long end) {
    if (end - start > maxSearchRange.toSeconds()) {
      throw ApiException.badRequest(
          "range specified by start and end exceeds %s. received start=%d end=%d; raise traces.query.max-search-range"
              .formatted(GoDuration.print(maxSearchRange.toNanos()), start, end));
    }
  }
}
