package dev.sextant.storage.journal;

/**
 * What a journal did since it was opened.
 *
 * @param rows appended and durable
 * @param bytes of records appended and durable
 * @param syncs successful group fsyncs
 * @param writeFailures groups that failed in a write or an fsync
 * @param corruptions damaged places found, at opening and by readers
 * @param queuedBytes of records waiting for their fsync now
 * @param segments on disk now
 */
public record JournalCounters(
    long rows,
    long bytes,
    long syncs,
    long writeFailures,
    long corruptions,
    long queuedBytes,
    int segments) {}
