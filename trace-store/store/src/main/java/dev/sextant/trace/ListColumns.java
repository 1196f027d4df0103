package dev.sextant.trace;

import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.trace.model.SpanColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Columns of what a span may have several of: events or links. Places are numbered through all
 * rows. For one thread, as {@link AttributeColumn}.
 */
final class ListColumns {
  final AttributeTable attributes = new AttributeTable();
  private int[] ends = new int[16];
  private int rows;
  private int places;

  /** The next place, whose attributes begin. */
  int begin() {
    attributes.begin();
    return places++;
  }

  void attribute(int place, ProtoReader reader, ProtoReader inner) {
    attributes.add(place, reader, inner);
  }

  /** No more places for the row. */
  void endRow() {
    if (rows == ends.length) {
      ends = Arrays.copyOf(ends, rows * 2);
    }
    ends[rows++] = places;
  }

  /** How many places the first so many rows have. */
  int places(int upTo) {
    return upTo == 0 ? 0 : ends[upTo - 1];
  }

  /** Values of the places that the first so many rows have; absent where they have no place. */
  SpanColumn column(SpanColumn values, int upTo) {
    return places(upTo) == 0 ? SpanColumn.ABSENT : new SpanColumn.Lists(ends, values);
  }

  SpanColumn column(@Nullable AttributeColumn values, int upTo) {
    return column(values == null ? SpanColumn.ABSENT : values.column(places(upTo)), upTo);
  }

  long heapBytes() {
    return attributes.heapBytes() + 4L * ends.length;
  }
}
