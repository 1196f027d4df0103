package dev.sextant.storage.block;

import dev.sextant.storage.StoreException;

/** Lets a query be cancelled by interrupting its thread. */
public final class QueryThread {
  private QueryThread() {}

  /**
   * Called between blocks.
   *
   * @throws StoreException where the thread was interrupted; the interrupt stays set
   */
  public static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException("the query was cancelled");
    }
  }
}
