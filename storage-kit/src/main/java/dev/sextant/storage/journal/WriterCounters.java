package dev.sextant.storage.journal;

/**
 * What a {@link DurableWriter} did since it started.
 *
 * @param acceptedRows journaled, applied and answered so
 * @param acceptedBytes of their payloads
 * @param throttledBatches answered "try again", for the store or the disk is behind
 * @param unavailableBatches answered "cannot write"
 * @param tooLargeBatches refused for good
 * @param replayedRows applied from the journal at the start
 * @param applyRetries failures of the store that were tried again
 * @param skippedBatches in the journal, but the store choked on them for a defect
 * @param commits of the store that succeeded
 * @param commitFailures commits that failed and are tried again
 * @param pendingBatches taken and not yet answered, now
 * @param pendingBytes of their payloads, now
 * @param journal the journal's own
 */
public record WriterCounters(
    long acceptedRows,
    long acceptedBytes,
    long throttledBatches,
    long unavailableBatches,
    long tooLargeBatches,
    long replayedRows,
    long applyRetries,
    long skippedBatches,
    long commits,
    long commitFailures,
    int pendingBatches,
    long pendingBytes,
    JournalCounters journal) {}
