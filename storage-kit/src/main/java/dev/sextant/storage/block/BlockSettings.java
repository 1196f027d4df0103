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
 * @param maxBytes on disk above which the oldest sealed partition is dropped whatever its age; 0
 *     for no bound ({@code traces.max-bytes}, {@code logs.max-bytes})
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
    long maxBytes,
    int runRows,
    boolean background) {

  public static final BlockSettings DEFAULT = new Builder().build();

  /** Names what differs from {@link #DEFAULT}. For one thread. */
  public static final class Builder {
    private int blockRows = 4096;
    private int blockBytes = 1 << 20;
    private Duration blockAge = Duration.ofSeconds(30);
    private long openBytes = 64L << 20;
    private Duration commitInterval = Duration.ofSeconds(30);
    private long commitBytes = 64L << 20;
    private Duration retention = Duration.ofDays(30);
    private Duration dropInterval = Duration.ofHours(1);
    private Duration clockTolerance = Duration.ofDays(1);
    private int openPartitions = 32;
    private long dayBytes = 10L << 30;
    private long maxBytes = 0;
    private int runRows = 500_000;
    private boolean background = true;

    public Builder blockRows(int value) {
      blockRows = value;
      return this;
    }

    public Builder blockBytes(int value) {
      blockBytes = value;
      return this;
    }

    public Builder blockAge(Duration value) {
      blockAge = value;
      return this;
    }

    public Builder openBytes(long value) {
      openBytes = value;
      return this;
    }

    public Builder commitInterval(Duration value) {
      commitInterval = value;
      return this;
    }

    public Builder commitBytes(long value) {
      commitBytes = value;
      return this;
    }

    public Builder retention(Duration value) {
      retention = value;
      return this;
    }

    public Builder dropInterval(Duration value) {
      dropInterval = value;
      return this;
    }

    public Builder clockTolerance(Duration value) {
      clockTolerance = value;
      return this;
    }

    public Builder openPartitions(int value) {
      openPartitions = value;
      return this;
    }

    public Builder dayBytes(long value) {
      dayBytes = value;
      return this;
    }

    public Builder maxBytes(long value) {
      maxBytes = value;
      return this;
    }

    public Builder runRows(int value) {
      runRows = value;
      return this;
    }

    public Builder background(boolean value) {
      background = value;
      return this;
    }

    public BlockSettings build() {
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
          maxBytes,
          runRows,
          background);
    }
  }

  /** The same, to be changed. */
  public Builder toBuilder() {
    return new Builder()
        .blockRows(blockRows)
        .blockBytes(blockBytes)
        .blockAge(blockAge)
        .openBytes(openBytes)
        .commitInterval(commitInterval)
        .commitBytes(commitBytes)
        .retention(retention)
        .dropInterval(dropInterval)
        .clockTolerance(clockTolerance)
        .openPartitions(openPartitions)
        .dayBytes(dayBytes)
        .maxBytes(maxBytes)
        .runRows(runRows)
        .background(background);
  }

  public BlockSettings withRetention(Duration kept) {
    return toBuilder().retention(kept).build();
  }

  /** With other bounds for one block. */
  public BlockSettings withBlocks(int rows, int bytes, Duration age) {
    return toBuilder().blockRows(rows).blockBytes(bytes).blockAge(age).build();
  }

  public BlockSettings withOpenBytes(long bytes) {
    return toBuilder().openBytes(bytes).build();
  }

  public BlockSettings withDayBytes(long bytes) {
    return toBuilder().dayBytes(bytes).build();
  }

  public BlockSettings withRunRows(int rows) {
    return toBuilder().runRows(rows).build();
  }

  /** Without a thread of its own. */
  public BlockSettings withoutBackground() {
    return toBuilder().background(false).build();
  }
}
