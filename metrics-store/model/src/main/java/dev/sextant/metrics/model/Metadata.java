package dev.sextant.metrics.model;

/**
 * What is known of a metric family.
 *
 * @param type {@code counter}, {@code gauge}, {@code histogram}, {@code gaugehistogram}, {@code
 *     summary}, {@code info}, {@code stateset} or {@code unknown}
 * @param help may be empty
 * @param unit may be empty
 */
public record Metadata(String family, String type, String help, String unit) {}
