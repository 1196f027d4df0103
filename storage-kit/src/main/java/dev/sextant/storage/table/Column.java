package dev.sextant.storage.table;

/**
 * A column in heap.
 *
 * @param size how many values it has
 */
public record Column(ColumnKey key, int size, Values values) {}
