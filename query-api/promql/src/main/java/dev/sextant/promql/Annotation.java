package dev.sextant.promql;

/**
 * What a user should know about a result.
 *
 * @param warning whether the result is likely not what was meant; else it may still be
 * @param text begins {@code PromQL warning:} or {@code PromQL info:} and ends with the place in the
 *     query, {@code (LINE:COLUMN)}
 */
public record Annotation(boolean warning, String text) {}
