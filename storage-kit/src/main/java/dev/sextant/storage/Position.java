package dev.sextant.storage;

/**
 * Where and when the journal took a batch.
 *
 * @param row number of the batch's first row in its journal. Rows are numbered from 0 through the
 *     whole life of a journal, upwards in the order of appending, one by one save for gaps after
 *     failed writes; a number is never used twice. Row {@code i} of the batch has the number {@code
 *     row + i}
 * @param stampMillis the journal's clock at appending, in milliseconds since the epoch; never
 *     decreases along a journal. This is the time of arrival that decides a partition, and it is
 *     the same again on replay
 */
public record Position(long row, long stampMillis) {}
