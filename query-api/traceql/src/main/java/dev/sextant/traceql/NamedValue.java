package dev.sextant.traceql;

/**
 * An attribute or label of an answer.
 *
 * @param name as answers write it
 */
public record NamedValue(String name, Value value) {}
