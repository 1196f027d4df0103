package dev.sextant.storage.journal;

/** Watches a store catching up with its journal. Called on the writer's own thread. */
public interface ReplayListener {
  /** Watches nothing. */
  ReplayListener NONE = (row, endRow) -> {};

  /**
   * Rows below {@code row} are applied; called for each record.
   *
   * @param endRow where the replay ends
   */
  void replayed(long row, long endRow);
}
