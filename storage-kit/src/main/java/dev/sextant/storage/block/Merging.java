package dev.sextant.storage.block;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges each partition whose time is over into one segment and closes it for good; one that is
 * found damaged is salvaged instead.
 */
final class Merging {
  private static final Logger LOG = LoggerFactory.getLogger(Merging.class);

  private final BlockSchema schema;
  private final Partitions partitions;
  private final Object stateLock;
  private volatile boolean aborted;

  Merging(BlockSchema schema, Partitions partitions, Object stateLock) {
    this.schema = schema;
    this.partitions = partitions;
    this.stateLock = stateLock;
  }

  /** Takes as long as it takes. One that cannot be merged is served as it is. */
  void mergeAllBut(@Nullable OpenPartition current) {
    for (Partition partition : partitions.all()) {
      if (partition instanceof OpenPartition open && open != current) {
        boolean merged = merge(open);
        if (aborted) {
          return;
        }
        close(open, merged);
      }
    }
    try {
      partitions.salvageOne();
    } catch (IOException | RuntimeException e) {
      LOG.error(
          "{}: a damaged partition could not be salvaged and is served as it is; the next start tries again",
          schema.signal(),
          e);
    }
  }

  /** False where it is damaged. */
  private boolean merge(OpenPartition open) {
    try {
      if (!open.isDamaged()) {
        open.merge();
      }
    } catch (IOException | RuntimeException e) {
      if (!aborted) {
        LOG.warn("{}: partition {} stays unmerged", schema.signal(), open.name().name(), e);
      }
    }
    return !open.isDamaged();
  }

  private void close(OpenPartition merged, boolean whole) {
    synchronized (stateLock) {
      partitions.replace(merged, partitions.sealed(merged));
    }
    try {
      merged.release();
      partitions.clean(merged.name());
      if (!whole) {
        partitions.markDamaged(merged.name());
      }
    } catch (IOException e) {
      LOG.warn(
          "{}: partition {} keeps files that it does not need",
          schema.signal(),
          merged.name().name(),
          e);
    }
  }

  /**
   * Makes merges that are under way end at once; what they would have merged is served as it is.
   */
  void abort(@Nullable OpenPartition current) {
    aborted = true;
    for (Partition partition : partitions.all()) {
      if (partition instanceof OpenPartition open && open != current) {
        try {
          open.release();
        } catch (IOException e) {
          LOG.warn("{}: closing {} failed", schema.signal(), open.name().name(), e);
        }
      }
    }
  }
}
