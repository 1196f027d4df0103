package dev.sextant.traceql;

import dev.sextant.traceql.ast.Query;

/**
 * A question for one number of each series.
 *
 * @param query one with a metrics function
 * @param startNanos since the epoch, exclusive
 * @param endNanos since the epoch, inclusive, after the start; what lies less than 30 s before now
 *     is left out
 * @param nowNanos since the epoch
 * @param maxSeries of the answer; 0 for {@link QueryLimits#maxSeries}, which is never passed
 */
public record InstantRequest(
    Query query, long startNanos, long endNanos, long nowNanos, int maxSeries) {}
