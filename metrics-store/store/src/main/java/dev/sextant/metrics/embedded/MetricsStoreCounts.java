package dev.sextant.metrics.embedded;

/**
 * What the embedded store has counted, of all tenants, since it was opened.
 *
 * @param headSeries series in the heads now
 * @param blocks block files now
 * @param blockBytes bytes of those
 * @param samples taken
 * @param conflicts samples that came at a time that had another value, which stayed; also where
 *     merging blocks found them
 * @param droppedSamples samples of new series above {@code metrics.limits.max-series}
 * @param damagedFiles files put aside as damaged
 * @param limitMessage the last message of a limit, empty where none was reached
 */
public record MetricsStoreCounts(
    long headSeries,
    long blocks,
    long blockBytes,
    long samples,
    long conflicts,
    long droppedSamples,
    long damagedFiles,
    String limitMessage) {}
