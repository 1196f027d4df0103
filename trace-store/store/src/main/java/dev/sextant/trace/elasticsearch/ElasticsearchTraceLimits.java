package dev.sextant.trace.elasticsearch;

import java.time.Duration;

/**
 * Bounds of queries for traces.
 *
 * @param maxTraceSpans how many spans of one trace are read; a bigger one is refused by id and left
 *     out of what is read by traces ({@code storage.traces.max-trace-spans})
 * @param maxBatchSpans how many spans of traces are put together at a time, or one trace ({@code
 *     storage.traces.max-batch-spans})
 * @param maxTraceLength how far outside of a query's range a span is looked for that makes its
 *     trace one of those asked for ({@code elasticsearch.max-trace-length})
 */
public record ElasticsearchTraceLimits(
    int maxTraceSpans, int maxBatchSpans, Duration maxTraceLength) {
  public static final ElasticsearchTraceLimits DEFAULT =
      new ElasticsearchTraceLimits(200_000, 32_768, Duration.ofHours(1));
}
