package dev.sextant.storage.block;

/** Says what of a signal's rows can be looked up. */
@FunctionalInterface
public interface BlockIndexer {
  /** Walks a block that is about to close and notes its terms, keys and summary. */
  void index(RowBlock block, BlockIndex index);
}
