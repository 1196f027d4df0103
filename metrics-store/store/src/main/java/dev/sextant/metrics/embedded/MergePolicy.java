package dev.sextant.metrics.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * Which neighbours among a day's blocks to join. While a day grows, the four smallest neighbours
 * once there are more than six; when no more late samples are taken for it, all, as far as they
 * stay below the greatest size.
 */
final class MergePolicy {
  static final int MAX_BLOCKS = 6;
  private static final int AT_ONCE = 4;

  private final long maxBytes;

  MergePolicy(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * @param blocks of one day, in order
   * @param over whether the day is over for good
   * @return neighbours to join, or none
   */
  List<Block> choose(List<Block> blocks, boolean over) {
    for (Block block : blocks) {
      if (block.isDamaged()) {
        return List.of(block);
      }
    }
    return over ? longestRun(blocks) : smallest(blocks);
  }

  private List<Block> smallest(List<Block> blocks) {
    List<Block> best = List.of();
    for (int i = 0; blocks.size() > MAX_BLOCKS && i + AT_ONCE <= blocks.size(); i++) {
      List<Block> run = blocks.subList(i, i + AT_ONCE);
      if (bytes(run) <= maxBytes && (best.isEmpty() || bytes(run) < bytes(best))) {
        best = run;
      }
    }
    return List.copyOf(best);
  }

  private List<Block> longestRun(List<Block> blocks) {
    List<Block> run = new ArrayList<>();
    for (Block block : blocks) {
      if (bytes(run) + block.bytes() > maxBytes) {
        if (run.size() > 1) {
          return run;
        }
        run.clear();
      }
      run.add(block);
    }
    return run.size() > 1 ? run : List.of();
  }

  private static long bytes(List<Block> blocks) {
    return blocks.stream().mapToLong(Block::bytes).sum();
  }
}
