package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.RunRef;
import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.codec.LongSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the traces that have spans in earlier runs too. */
final class SplitTraces {
  private static final Logger LOG = LoggerFactory.getLogger(SplitTraces.class);

  private SplitTraces() {}

  /** Adds those of some keys that some run may hold. A run whose index is damaged is left out. */
  static void inRuns(long[] keys, List<RunRef> runs, LongSet split, Runnable checkpoint) {
    if (runs.isEmpty()) {
      return;
    }
    long[] sorted = RunIndex.sort(keys);
    for (RunRef run : runs) {
      try {
        new RunIndex(run.index()).findAll(sorted, (place, block) -> split.add(sorted[place]));
      } catch (BlockDamagedException | CorruptDataException e) {
        LOG.error("traces with spans in run {} are not joined with them", run.name(), e);
      }
      checkpoint.run();
    }
  }
}
