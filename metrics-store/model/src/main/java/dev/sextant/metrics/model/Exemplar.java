package dev.sextant.metrics.model;

/**
 * An example observation behind a series.
 *
 * @param labels its own, such as {@code trace_id}; not the series'
 * @param timestampMillis since the epoch
 */
public record Exemplar(Labels labels, double value, long timestampMillis) {}
