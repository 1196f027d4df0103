package dev.sextant.api.trace;

import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.SpanField;
import dev.sextant.trace.SpanFilter;
import dev.sextant.trace.Trace;
import dev.sextant.trace.TracePage;
import dev.sextant.trace.TracePlan;
import dev.sextant.trace.TraceStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facade's part for traces: authorises, then asks the store. Thread-safe; errors are the
 * store's.
 */
public final class TraceQueries {
  private final TraceStore store;

  public TraceQueries(TraceStore store) {
    this.store = store;
  }

  /** All spans of one trace; empty where the store has none. */
  public Optional<Trace> byId(Access access, TraceId traceId) {
    access.require(Role.VIEWER);
    return store.query(new TracePlan.ById(access.tenant(), traceId));
  }

  /**
   * A page of the traces with a span that matches, newest first.
   *
   * @param limit 1 to 1,000
   * @param page from the page before, or null
   */
  public TracePage search(
      Access access, TimeRange range, SpanFilter filter, int limit, @Nullable String page) {
    access.require(Role.VIEWER);
    return store.query(new TracePlan.Search(access.tenant(), range, filter, limit, page));
  }

  /** Distinct values of a field, sorted. */
  public List<String> values(
      Access access, TimeRange range, SpanFilter filter, SpanField field, int limit) {
    access.require(Role.VIEWER);
    return store.query(new TracePlan.FieldValues(access.tenant(), range, filter, field, limit));
  }
}
