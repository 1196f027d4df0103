package dev.sextant.metrics.embedded;

import dev.sextant.metrics.column.ByteReader;
import dev.sextant.metrics.column.LongColumn;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Columns of times that were decoded on the way through a selection: the series of one target share
 * theirs. Holds a fixed number; one that comes to the place of another pushes it out. For one
 * thread.
 */
final class TimeColumns {
  private static final int PLACES = 256;

  private record Column(Object owner, long offset, long[] times) {}

  private final @Nullable Column[] columns = new Column[PLACES];

  /**
   * The times of a column; not to be changed.
   *
   * @param owner what the column stands in, by identity
   * @param offset where in it
   * @param bytes the encoded column, asked for where it is not at hand
   */
  long[] times(Object owner, long offset, int count, Supplier<byte[]> bytes, String source) {
    int mixed = System.identityHashCode(owner) * 31 + Long.hashCode(offset * 0x9E3779B97F4A7C15L);
    int place = (mixed ^ (mixed >>> 16)) & (PLACES - 1);
    Column known = columns[place];
    if (known != null
        && known.owner == owner
        && known.offset == offset
        && known.times.length == count) {
      return known.times;
    }
    long[] times = decode(bytes.get(), count, source);
    columns[place] = new Column(owner, offset, times);
    return times;
  }

  static long[] decode(byte[] bytes, int count, String source) {
    ByteReader in = new ByteReader(bytes, source);
    long[] times = LongColumn.read(in, count);
    in.checkEnd();
    return times;
  }
}
