package dev.sextant.storage.block;

import java.io.IOException;

/** Retention dropped the partition between a query's look at the list and its opening. */
final class PartitionDroppedException extends IOException {
  private static final long serialVersionUID = 1;

  PartitionDroppedException(String partition) {
    super("partition " + partition + " was dropped");
  }
}
