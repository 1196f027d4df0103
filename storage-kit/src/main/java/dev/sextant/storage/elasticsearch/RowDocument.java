package dev.sextant.storage.elasticsearch;

/**
 * A row as the document that holds it.
 *
 * @param row its number in the journal
 * @param json the document in UTF-8
 */
public record RowDocument(long row, byte[] json) {}
