package dev.sextant.storage.block;

import java.time.Duration;

/**
 * Bounds of a block store. The name in the configuration stands beside each.
 *
 * @param blockRows a block closes at so many rows ({@code storage.block-rows})
 * @param blockBytes a block closes at so many bytes of payload ({@code storage.block-bytes})
 * @param blockAge a block closes so long after its first row ({@code storage.block-age})
 * @param openBytes all open blocks together; over it the oldest close early ({@code
 *     storage.open-block-bytes})
 * @param commitInterval time between commits ({@code ingest.commit-interval})
 * @param commitBytes payload after which a commit comes early ({@code ingest.commit-bytes})
 * @param retention how long rows are kept after their arrival ({@code traces.retention}, {@code
 *     logs.retention})
 * @param dropInterval at most one partition is dropped in so long ({@code
 *     storage.retention-interval})
 * @param clockTolerance how far clock and journal may be apart before retention refuses to drop
 *     ({@code storage.retention-clock-tolerance})
 * @param openPartitions how many sealed partitions are kept open for reading ({@code
 *     storage.open-partitions})
 * @param dayBytes on disk from which a day is cut into partitions of an hour ({@code
 *     storage.day-bytes})
 * @param runRows closed blocks of traces are written anew as a run once they have so many rows, or
 *     512 times as many bytes of payload ({@code storage.traces.run-spans}); memory for that grows
 *     with it, about 100 bytes a row
 * @param background whether a thread of the store's own closes, commits, seals, merges and drops;
 *     without it, only {@link BlockStore#maintain()} does
 */
public record BlockSettings(
    int blockRows,
    int blockBytes,
    Duration blockAge,
    long openBytes,
    Duration commitInterval,
    long commitBytes,
    Duration retention,
    Duration dropInterval,
    Duration clockTolerance,
    int openPartitions,
    long dayBytes,
    int runRows,
    boolean background) {

  public static final BlockSettings DEFAULT =
      new BlockSettings(
          4096,
          1 << 20,
          Duration.ofSeconds(30),
          64L << 20,
          Duration.ofSeconds(30),
          64L << 20,
          Duration.ofDays(30),
          Duration.ofHours(1),
          Duration.ofDays(1),
          32,
          10L << 30,
          500_000,
          true);

  public BlockSettings withRetention(Duration kept) {
    return new BlockSettings(
        blockRows,
        blockBytes,
        blockAge,
        openBytes,
        commitInterval,
        commitBytes,
        kept,
        dropInterval,
        clockTolerance,
        openPartitions,
        dayBytes,
        runRows,
        background);
  }

  /** With other bounds for one block. */
  public BlockSettings withBlocks(int rows, int bytes, Duration age) {
    return new BlockSettings(
        rows,
        bytes,
        age,
        openBytes,
        commitInterval,
        commitBytes,
        retention,
        dropInterval,
        clockTolerance,
        openPartitions,
        dayBytes,
        runRows,
        background);
  }

  public BlockSettings withOpenBytes(long bytes) {
    return new BlockSettings(
        blockRows,
        blockBytes,
        blockAge,
        bytes,
        commitInterval,
        commitBytes,
        retention,
        dropInterval,
        clockTolerance,
        openPartitions,
        dayBytes,
        runRows,
        background);
  }

  public BlockSettings withDayBytes(long bytes) {
    return new BlockSettings(
        blockRows,
        blockBytes,
        blockAge,
        openBytes,
        commitInterval,
        commitBytes,
        retention,
        dropInterval,
        clockTolerance,
        openPartitions,
        bytes,
        runRows,
        background);
  }

  public BlockSettings withRunRows(int rows) {
    return new BlockSettings(
        blockRows,
        blockBytes,
        blockAge,
        openBytes,
        commitInterval,
        commitBytes,
        retention,
        dropInterval,
        clockTolerance,
        openPartitions,
        dayBytes,
        rows,
        background);
  }

  /** Without a thread of its own. */
  public BlockSettings withoutBackground() {
    return new BlockSettings(
        blockRows,
        blockBytes,
        blockAge,
        openBytes,
        commitInterval,
        commitBytes,
        retention,
        dropInterval,
        clockTolerance,
        openPartitions,
        dayBytes,
        runRows,
        false);
  }
}
