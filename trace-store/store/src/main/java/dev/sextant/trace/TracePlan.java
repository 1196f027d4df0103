package dev.sextant.trace;

import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.TraceId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question to a trace store.
 *
 * @param <R> its answer
 */
public sealed interface TracePlan<R> {
  String tenant();

  /** All spans of one trace, whenever they arrived. */
  record ById(String tenant, TraceId traceId) implements TracePlan<Optional<Trace>> {}

  /**
   * Traces with at least one span that starts within the range and matches the filter, newest
   * matching span first.
   *
   * @param limit how many summaries at most, 1 to 1,000
   * @param pageToken the previous page's {@link TracePage#nextPageToken()}, or null for the first
   *     page
   */
  record Search(
      String tenant, TimeRange range, SpanFilter filter, int limit, @Nullable String pageToken)
      implements TracePlan<TracePage> {}

  /**
   * The distinct text values of a field among spans that start within the range, in order, at most
   * {@code limit}.
   */
  record FieldValues(String tenant, TimeRange range, SpanFilter filter, SpanField field, int limit)
      implements TracePlan<List<String>> {}
}
