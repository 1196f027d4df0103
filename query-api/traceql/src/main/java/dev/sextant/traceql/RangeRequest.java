package dev.sextant.traceql;

import dev.sextant.traceql.ast.Query;

/**
 * A question for series over time.
 *
 * @param query one with a metrics function
 * @param startNanos since the epoch
 * @param endNanos since the epoch, after the start; what lies less than 30 s before now is left out
 * @param stepNanos between samples; 0 for a step of about a 240th of the range
 * @param nowNanos since the epoch
 * @param exemplars how many at most, 0 to 100; the query's own hint goes before
 * @param maxSeries of the answer; 0 for {@link QueryLimits#maxSeries}, which is never passed
 */
public record RangeRequest(
    Query query,
    long startNanos,
    long endNanos,
    long stepNanos,
    long nowNanos,
    int exemplars,
    int maxSeries) {}
