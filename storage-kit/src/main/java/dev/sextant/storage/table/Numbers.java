package dev.sextant.storage.table;

/**
 * Numbers, or raw bits of doubles.
 *
 * @param values may be longer than there are; nobody writes to it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Numbers(long[] values) implements Values {}
