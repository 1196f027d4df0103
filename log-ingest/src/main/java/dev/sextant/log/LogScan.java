package dev.sextant.log;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.BlockRef;
import dev.sextant.storage.block.BlockSnapshot;
import dev.sextant.storage.block.BlockStore;
import dev.sextant.storage.block.QueryThread;
import dev.sextant.storage.block.RowBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Walks the blocks that a plan must look into. A damaged block is left out, counted and logged. */
final class LogScan {
  private static final Logger LOG = LoggerFactory.getLogger(LogScan.class);

  private final BlockStore blocks;
  private final LogPlan<?> plan;
  private final LogMatcher matcher;

  LogScan(BlockStore blocks, LogPlan<?> plan) {
    this.blocks = blocks;
    this.plan = plan;
    this.matcher = new LogMatcher(plan.filter());
  }

  LogMatcher matcher() {
    return matcher;
  }

  /** True where every block could be read. */
  boolean forEach(Comparator<BlockRef> order, Consumer<StoredLines> visitor) {
    boolean complete = true;
    try (BlockSnapshot snapshot = blocks.snapshot(matcher.query(plan.tenant(), plan.range()))) {
      List<BlockRef> ordered = new ArrayList<>(snapshot.blocks());
      ordered.sort(order);
      for (BlockRef ref : ordered) {
        QueryThread.check();
        try {
          StoredLines lines = new StoredLines((RowBlock) ref.open());
          if (matcher.mayMatch(lines)) {
            visitor.accept(lines);
          }
        } catch (BlockDamagedException e) {
          complete = false;
          blocks.counters().countDamaged();
          LOG.error("a query leaves a block out", e);
        }
      }
    }
    return complete;
  }

  /** Whether all of a block's lines lie in the plan's range. */
  boolean isInside(StoredLines lines) {
    return plan.range().contains(lines.block().minTime())
        && plan.range().contains(lines.block().maxTime());
  }

  /** The counts of a block that lies inside, where they answer the plan's filter; else none. */
  LevelCounts counts(StoredLines lines) {
    return matcher.isByLevelOnly() && isInside(lines)
        ? LevelCounts.decode(lines.block().summary())
        : LevelCounts.NONE;
  }

  boolean matches(StoredLines lines, int index) {
    return plan.range().contains(lines.times()[index]) && matcher.matches(lines, index);
  }
}
