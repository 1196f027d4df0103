package dev.sextant.storage.block;

import java.util.List;

/**
 * What became of blocks that were written anew.
 *
 * @param index by which the run's blocks are found
 * @param blocks of the run, in its order; empty where nothing was written anew, and then nothing
 *     else matters
 * @param rest rows that were left for a later run, as blocks in order of arrival
 */
public record Run(BlockContent index, List<Sealed> blocks, List<Rest> rest) {
  /**
   * A block of the run.
   *
   * @param minTime the earliest event time, nanoseconds since the epoch
   * @param maxTime the latest one
   */
  public record Sealed(int rows, long minTime, long maxTime, BlockContent content) {}

  /**
   * Rows that stay as they were.
   *
   * @param firstRow number of its first row in the journal
   * @param lastRow number of its last row
   */
  public record Rest(
      int rows,
      long firstRow,
      long lastRow,
      long minTime,
      long maxTime,
      int payloadBytes,
      BlockContent content) {}

  public Run {
    blocks = List.copyOf(blocks);
    rest = List.copyOf(rest);
  }
}
