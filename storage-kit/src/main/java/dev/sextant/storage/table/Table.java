package dev.sextant.storage.table;

import java.util.List;

/**
 * Rows as columns, in heap.
 *
 * @param columns those with a value for each row that no shape names, and those that shapes name
 */
public record Table(int rows, List<Column> columns, Shapes shapes) {}
