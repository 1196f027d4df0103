package dev.sextant.storage.block;

import dev.sextant.storage.codec.CorruptDataException;
import java.io.IOException;
import java.util.function.Function;
import org.apache.lucene.index.LeafReader;

/** A block in a partition whose reader a snapshot holds. */
record StoredRef(
    BlockLayout layout,
    String partition,
    LeafReader leaf,
    int document,
    long minTime,
    long maxTime,
    long firstRow,
    int rows)
    implements BlockRef {

  /** Reads one that no query has found yet. */
  static StoredRef read(BlockLayout layout, String partition, LeafReader leaf, int document)
      throws IOException {
    return new StoredRef(
        layout,
        partition,
        leaf,
        document,
        Leaf.number(leaf, BlockFields.MIN_TIME, document),
        Leaf.number(leaf, BlockFields.MAX_TIME, document),
        Leaf.number(leaf, BlockFields.FIRST_ROW, document),
        (int) Leaf.number(leaf, BlockFields.ROWS, document));
  }

  @Override
  public boolean inHeap() {
    return false;
  }

  @Override
  public Block open() {
    return open(parts(), layout::open);
  }

  /** What a layout makes of the block's parts. */
  Block open(StoredParts parts, Function<StoredParts, Block> opening) {
    try {
      return opening.apply(parts);
    } catch (CorruptDataException | IndexOutOfBoundsException e) {
      throw parts.damaged("section", e);
    }
  }

  StoredParts parts() {
    try {
      return new StoredParts(
          this,
          Leaf.text(leaf, BlockFields.TENANT, document),
          Leaf.text(leaf, BlockFields.SERVICE, document));
    } catch (IOException e) {
      throw new BlockDamagedException(
          "%s: partition %s, document %d cannot be read: %s"
              .formatted(layout.schema().signal(), partition, document, e.getMessage()),
          e);
    }
  }
}
