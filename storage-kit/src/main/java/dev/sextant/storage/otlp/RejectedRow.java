package dev.sextant.storage.otlp;

/**
 * A row that a receiver must not keep.
 *
 * @param index the row's number in its request, from 0
 * @param reason what is wrong with it, with the value
 */
public record RejectedRow(int index, String reason) {}
