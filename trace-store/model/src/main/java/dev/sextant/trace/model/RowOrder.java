package dev.sextant.trace.model;

/** An order of rows that are known by number. */
@FunctionalInterface
interface RowOrder {
  /** Below 0 where the first comes before the second. */
  int compare(int a, int b);
}
