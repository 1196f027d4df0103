package dev.sextant.trace;

import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.trace.model.SpanBatch;

/**
 * How a trace-major block tells of a span's parent. A code's lowest bit says that the parent's id
 * stands in the block's list of ids; without it, it is the id of the parent's row, or none. The
 * rest is 0 where no row is the parent's, else 1 plus, as zigzag, how many rows before the span's
 * the parent's stands.
 */
final class ParentCodes {
  private ParentCodes() {}

  /**
   * @param row of the span
   * @param parent row of its parent, or below 0 for none
   * @param parentId as it was sent, 0 for none
   * @param idOfParent span id of the parent's row
   */
  static long code(int row, int parent, long parentId, long idOfParent) {
    if (parent < 0) {
      return parentId == 0 ? 0 : 1;
    }
    long distance = row - parent;
    long zigZag = (distance << 1) ^ (distance >> 63);
    return (zigZag + 1) << 1 | (parentId == idOfParent ? 0 : 1);
  }

  /** Whether the parent's id stands in the list. */
  static boolean isListed(long code) {
    return (code & 1) != 0;
  }

  /**
   * The row of each span's parent, {@link SpanBatch#ROOT} or {@link SpanBatch#MISSING}.
   *
   * @throws CorruptDataException where one is no row
   */
  static int[] parents(long[] codes, int rows) {
    int[] parents = new int[rows];
    for (int row = 0; row < rows; row++) {
      long rest = codes[row] >>> 1;
      if (rest == 0) {
        parents[row] = isListed(codes[row]) ? SpanBatch.MISSING : SpanBatch.ROOT;
      } else {
        long zigZag = rest - 1;
        long parent = row - ((zigZag >>> 1) ^ -(zigZag & 1));
        if (parent < 0 || parent >= rows) {
          throw new CorruptDataException("the parent of row " + row + " is no row: " + parent);
        }
        parents[row] = (int) parent;
      }
    }
    return parents;
  }
}
