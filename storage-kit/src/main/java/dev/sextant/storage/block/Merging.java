package dev.sextant.storage.block;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is left of each partition whose time is over as runs, merges it into one segment and
 * closes it for good; one that is found damaged is salvaged instead.
 */
final class Merging {
  private static final Logger LOG = LoggerFactory.getLogger(Merging.class);

  private final BlockSchema schema;
  private final Partitions partitions;
  private final Object stateLock;
  private final @Nullable Sealing sealing;
  private final Runnable checkpoint;
  private volatile boolean aborted;

  /**
   * @param checkpoint for long work
   */
  Merging(
      BlockSchema schema,
      Partitions partitions,
      Object stateLock,
      @Nullable Sealing sealing,
      Runnable checkpoint) {
    this.schema = schema;
    this.partitions = partitions;
    this.stateLock = stateLock;
    this.sealing = sealing;
    this.checkpoint = checkpoint;
  }

  /** Takes as long as it takes. One that cannot be merged is served as it is. */
  void mergeAllBut(@Nullable OpenPartition current) {
    for (Partition partition : partitions.all()) {
      if (partition instanceof OpenPartition open && open != current) {
        if (!seal(open)) {
          return;
        }
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

  /** Writes what is left as runs; false where the store is closed meanwhile. */
  private boolean seal(OpenPartition open) {
    if (sealing == null || open.isDamaged()) {
      return true;
    }
    try {
      boolean more = true;
      while (more) {
        more =
            sealing.sealOne(
                open,
                Long.MAX_VALUE,
                true,
                checkpoint,
                (old, documents) -> {
                  open.replace(old, documents);
                  open.refresh(stateLock, () -> {});
                  return true;
                });
      }
    } catch (CancellationException e) {
      return false;
    } catch (IOException | RuntimeException e) {
      if (!aborted) {
        LOG.warn("{}: partition {} stays unsealed", schema.signal(), open.name().name(), e);
      }
    }
    return true;
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
