package dev.sextant.storage.block;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a signal writes closed blocks anew, as a *run*: once no row can come between theirs any more,
 * in the order in which they are read best. Thread-safe.
 */
public interface RunLayout {
  /**
   * Makes a run of blocks. Takes as long as it takes, with memory for a few numbers a row and for
   * what it makes.
   *
   * @param blocks of one tenant, in the order of their rows
   * @param growing whether what belongs together with rows of a block may still come, by block
   * @param earlier other runs, the newest first
   * @param checkpoint to be run every few milliseconds; what it throws ends the work
   * @throws BlockDamagedException where a block cannot be read
   */
  Run write(List<StoredParts> blocks, boolean[] growing, List<RunRef> earlier, Runnable checkpoint);

  /** A block that holds no more than the rows of its run. */
  Block openSealed(StoredParts parts);

  /**
   * Makes a run's index anew from its blocks.
   *
   * @param old the index as it was, which may be damaged; null where not even its header is whole
   * @throws BlockDamagedException where what it needs of the blocks cannot be read
   */
  BlockContent index(List<StoredParts> blocks, @Nullable StoredParts old);

  /**
   * Gives the parts of a run's block anew, as {@link BlockLayout#rewrite}.
   *
   * @throws BlockDamagedException where one that cannot be made again is damaged
   */
  void rewriteSealed(StoredParts parts, BlockContent content);

  /**
   * Numbers that each of a run's blocks gives to {@link BlockContent#number}, by name; what they
   * are can be told without opening the block.
   */
  List<String> numbers();
}
