package dev.sextant.storage.block;

import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges in Lucene's threads; a merge that fails closes its writer, which the store then opens
 * again.
 */
final class Merges extends ConcurrentMergeScheduler {
  private static final Logger LOG = LoggerFactory.getLogger(Merges.class);

  @Override
  protected void handleMergeException(Throwable failure) {
    LOG.warn("a merge failed", failure);
  }
}
