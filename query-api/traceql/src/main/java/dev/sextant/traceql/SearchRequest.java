package dev.sextant.traceql;

import dev.sextant.traceql.ast.Query;
import org.jspecify.annotations.Nullable;

/**
 * A question for traces.
 *
 * @param query one without a metrics function
 * @param fromNanos since the epoch, inclusive
 * @param toNanos since the epoch, inclusive; traces are searched of which some time lies between
 *     the two, each as a whole
 * @param limit traces of the answer, at least 1, at most {@link QueryLimits#maxTraces}
 * @param spansPerSpanset spans of each spanset in the answer, at least 0
 * @param after where the page before ended; null for the first
 * @param exactTotal whether all matches are to be counted, which reads everything, rather than as
 *     many as it takes to be sure of the newest
 */
public record SearchRequest(
    Query query,
    long fromNanos,
    long toNanos,
    int limit,
    int spansPerSpanset,
    @Nullable PageToken after,
    boolean exactTotal) {

  /** The first page, without an exact total. */
  public static SearchRequest of(
      Query query, long fromNanos, long toNanos, int limit, int spansPerSpanset) {
    return new SearchRequest(query, fromNanos, toNanos, limit, spansPerSpanset, null, false);
  }

  /** The page that begins after another. */
  public SearchRequest after(PageToken token) {
    return new SearchRequest(query, fromNanos, toNanos, limit, spansPerSpanset, token, exactTotal);
  }

  public SearchRequest withExactTotal(boolean value) {
    return new SearchRequest(query, fromNanos, toNanos, limit, spansPerSpanset, after, value);
  }
}
