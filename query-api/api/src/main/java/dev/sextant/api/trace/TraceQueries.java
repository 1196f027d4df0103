package dev.sextant.api.trace;

import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.SharedSpans;
import dev.sextant.trace.Span;
import dev.sextant.trace.Trace;
import dev.sextant.trace.TracePlan;
import dev.sextant.trace.TraceStore;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.InstantRequest;
import dev.sextant.traceql.PageToken;
import dev.sextant.traceql.RangeRequest;
import dev.sextant.traceql.SearchAnswer;
import dev.sextant.traceql.SearchRequest;
import dev.sextant.traceql.TraceQlEngine;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.MetricsExpr;
import dev.sextant.traceql.ast.MetricsFunction;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.SpansetExpr;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facade's part for traces: authorises, then asks the store and the engine. Thread-safe; errors
 * are theirs.
 */
public final class TraceQueries {
  private static final long UNSETTLED_NANOS = 60_000_000_000L;

  /** The most frequent values of each field, on either side. */
  private static final int COMPARED_VALUES = 20;

  private final TraceStore store;
  private final TraceQlQueries spans;

  /**
   * @param spans of the same store
   */
  public TraceQueries(TraceStore store, TraceQlQueries spans) {
    this.store = store;
    this.spans = spans;
  }

  /**
   * All spans of one trace, each with an id of its own; empty where the store has none. Spans that
   * were sent under one id are {@linkplain SharedSpans told apart}.
   */
  public Optional<Trace> byId(Access access, TraceId traceId) {
    return asSent(access, traceId).map(SharedSpans::apart);
  }

  /**
   * All spans of one trace as they were sent, where a caller's and a called span may share an id;
   * empty where the store has none.
   */
  public Optional<Trace> asSent(Access access, TraceId traceId) {
    access.require(Role.VIEWER);
    return store.query(new TracePlan.ById(access.tenant(), traceId));
  }

  /**
   * A page of the traces that match, newest first by their start.
   *
   * @param range traces are searched of which some time lies in it
   * @param query one without metrics function
   * @param limit 1 to 1,000
   * @param page from the page before, or null
   * @param exactTotal whether all matches are to be counted, which reads all that may match
   * @throws IllegalArgumentException where {@code page} is no token of this query
   */
  public TracePage search(
      Access access,
      TimeRange range,
      Query query,
      int limit,
      @Nullable String page,
      boolean exactTotal) {
    access.require(Role.VIEWER);
    @Nullable PageToken after = page == null ? null : TracePageToken.parse(page, query);
    SearchAnswer answer =
        spans.search(
            access,
            new SearchRequest(query, range.fromNanos(), last(range), limit, 0, after, exactTotal));
    List<TraceId> ids =
        answer.traces().stream()
            .map(trace -> new TraceId(trace.traceHigh(), trace.traceLow()))
            .toList();
    PageToken next = answer.next();
    return new TracePage(
        store.query(new TracePlan.Summaries(access.tenant(), ids)),
        answer.total(),
        answer.exact() && answer.inspected().complete(),
        next == null ? null : TracePageToken.format(next, query),
        answer.inspected());
  }

  /**
   * The spans that match, counted by when they start and by a duration, in powers of two.
   *
   * @param query one without metrics function
   * @param of whose duration
   * @param columns about how many steps of time, at least 1
   */
  public SpanDurations durations(
      Access access, TimeRange range, Query query, Intrinsic of, int columns) {
    Pipeline pipeline = ((Query.Body.Search) query.body()).pipeline();
    MetricsFunction histogram = new MetricsFunction.Histogram(of, List.of(), Place.NONE);
    Query counted =
        new Query(
            new Query.Body.Metrics(new MetricsExpr.Series(pipeline, histogram, Place.NONE)),
            query.hints());
    long step = SpanDurations.stepNanos(range, columns);
    // The engine leaves out what is not settled; a picture shows what is there.
    long settled = last(range) + step + UNSETTLED_NANOS;
    RangeRequest request =
        new RangeRequest(counted, range.fromNanos(), last(range), step, settled, 0, 0);
    return SpanDurations.of(spans.range(access, request), range, step);
  }

  /**
   * Which values the selected spans have more often than the other spans that match.
   *
   * @param query one without metrics function
   * @param limit how many values, at least 1
   */
  public SpanComparison compare(
      Access access, TimeRange range, Query query, SpansetExpr.Filter selection, int limit) {
    Pipeline pipeline = ((Query.Body.Search) query.body()).pipeline();
    MetricsFunction compare =
        new MetricsFunction.Compare(selection, COMPARED_VALUES, null, Place.NONE);
    Query compared =
        new Query(
            new Query.Body.Metrics(new MetricsExpr.Series(pipeline, compare, Place.NONE)),
            query.hints());
    long last = last(range);
    return SpanComparison.of(
        spans.instant(
            access,
            new InstantRequest(
                compared,
                range.fromNanos() - 1,
                Math.max(last, range.fromNanos()),
                last + UNSETTLED_NANOS,
                0)),
        limit);
  }

  /** A range's last moment. */
  private static long last(TimeRange range) {
    return Math.max(range.fromNanos(), range.toNanos() - 1);
  }

  /**
   * Distinct values of a field as text, sorted; the most frequent where there are more.
   *
   * @param field {@code name}, {@code kind}, {@code status}, or the key of an attribute of spans or
   *     resources
   * @param query spans that do not match are left out as far as can be told of single spans
   */
  public List<String> values(Access access, TimeRange range, Query query, String field, int limit) {
    List<SpanField> fields =
        switch (field) {
          case "name" -> List.of(SpanField.Intrinsic.NAME);
          case "kind" -> List.of(SpanField.Intrinsic.KIND);
          case "status" -> List.of(SpanField.Intrinsic.STATUS);
          default -> List.of(SpanField.span(field), SpanField.resource(field));
        };
    Query.Body.Search search = (Query.Body.Search) query.body();
    return spans
        .values(
            access,
            range.fromNanos(),
            last(range),
            fields,
            TraceQlEngine.condition(search.pipeline()),
            limit)
        .stream()
        .map(value -> text(fields.getFirst(), value))
        .distinct()
        .sorted()
        .toList();
  }

  private static String text(SpanField field, SpanValue value) {
    return switch (value) {
      case SpanValue.Int(long number) when field == SpanField.Intrinsic.KIND ->
          lower(Span.Kind.values()[(int) number]);
      case SpanValue.Int(long number) when field == SpanField.Intrinsic.STATUS ->
          lower(Span.Status.values()[(int) number]);
      case SpanValue.Text(String text) -> text;
      case SpanValue.Int(long number) -> Long.toString(number);
      case SpanValue.Decimal(double number) -> Double.toString(number);
      case SpanValue.Bool(boolean bool) -> Boolean.toString(bool);
      case SpanValue.Array(List<SpanValue> values) -> values.toString();
      case SpanValue.Other(String text) -> text;
    };
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
