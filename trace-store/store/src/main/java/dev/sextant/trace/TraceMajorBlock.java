package dev.sextant.trace;

import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.table.StoredTable;
import dev.sextant.trace.model.NestedSets;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A block of a run: whole traces, one behind the other. */
final class TraceMajorBlock extends StoredSpanBlock {
  private final StoredTable traces;

  /** Where each trace's rows begin, and the last one's end. */
  private int @Nullable [] traceFrom;

  private long @Nullable [] traceHigh;
  private long @Nullable [] traceLow;
  private long @Nullable [] starts;
  private long @Nullable [] parentIds;
  private long @Nullable [] rowNumbers;
  private int @Nullable [] parents;
  private @Nullable NestedSets nestedSets;

  TraceMajorBlock(StoredSpanTables tables) {
    super(tables);
    this.traces = tables.traces;
  }

  private int[] from() {
    int[] known = traceFrom;
    if (known == null) {
      long[] counts = ofTraces(SpanTables.Trace.SPANS);
      known = new int[traces.rows() + 1];
      for (int i = 0; i < traces.rows(); i++) {
        long end = known[i] + counts[i];
        if (counts[i] < 1 || end > rows()) {
          throw damaged("traces have other spans than the block");
        }
        known[i + 1] = (int) end;
      }
      if (known[traces.rows()] != rows()) {
        throw damaged("traces have fewer spans than the block");
      }
      traceFrom = known;
    }
    return known;
  }

  private RuntimeException damaged(String what) {
    return tables.parts.damaged("traces", new CorruptDataException(what));
  }

  private long[] ofTraces(int field) {
    return traces.numbers(traces.field(field));
  }

  /** What a trace has, by each of its spans. */
  private long[] spread(long[] ofTraces) {
    int[] from = from();
    long[] values = new long[rows()];
    for (int i = 0; i < traces.rows(); i++) {
      Arrays.fill(values, from[i], from[i + 1], ofTraces[i]);
    }
    return values;
  }

  @Override
  public int traces() {
    return traces.rows();
  }

  @Override
  public int traceFrom(int trace) {
    return from()[trace];
  }

  @Override
  public long[] traceHigh() {
    long[] known = traceHigh;
    if (known == null) {
      known = spread(ofTraces(SpanTables.Trace.HIGH));
      traceHigh = known;
    }
    return known;
  }

  @Override
  public long[] traceLow() {
    long[] known = traceLow;
    if (known == null) {
      known = spread(ofTraces(SpanTables.Trace.LOW));
      traceLow = known;
    }
    return known;
  }

  @Override
  public long[] starts() {
    long[] known = starts;
    if (known == null) {
      known = spread(ofTraces(SpanTables.Trace.START));
      long[] offsets = numbers(SpanTables.Span.START);
      for (int i = 0; i < known.length; i++) {
        known[i] += offsets[i];
      }
      starts = known;
    }
    return known;
  }

  @Override
  public int[] parents() {
    int[] known = parents;
    if (known == null) {
      try {
        known = ParentCodes.parents(numbers(SpanTables.Span.PARENT), rows());
      } catch (CorruptDataException e) {
        throw tables.parts.damaged("parents", e);
      }
      parents = known;
    }
    return known;
  }

  @Override
  public long[] parentIds() {
    long[] known = parentIds;
    if (known == null) {
      known = readParentIds();
      parentIds = known;
    }
    return known;
  }

  private long[] readParentIds() {
    long[] codes = numbers(SpanTables.Span.PARENT);
    int[] rowsOfParents = parents();
    long[] ids = spanIds();
    StoredTable list = tables.parents();
    long[] listed = list.rows() == 0 ? new long[0] : list.numbers(list.field(SpanTables.Parent.ID));
    long[] parentIds = new long[rows()];
    int next = 0;
    for (int row = 0; row < parentIds.length; row++) {
      if (ParentCodes.isListed(codes[row])) {
        if (next >= list.rows()) {
          throw damaged("a parent's id is missing");
        }
        parentIds[row] = listed[next++];
      } else if (rowsOfParents[row] >= 0) {
        parentIds[row] = ids[rowsOfParents[row]];
      }
    }
    return parentIds;
  }

  /** A run's rows count from the number that its first block's first row had in the journal. */
  @Override
  public long[] rowNumbers() {
    long[] known = rowNumbers;
    if (known == null) {
      known = new long[rows()];
      long first = tables.firstRow();
      for (int row = 0; row < known.length; row++) {
        known[row] = first + row;
      }
      rowNumbers = known;
    }
    return known;
  }

  /** True where some trace has the id; there are few in a block, and they are told exactly. */
  @Override
  public boolean mightContainTrace(long high, long low) {
    long[] highs = ofTraces(SpanTables.Trace.HIGH);
    long[] lows = ofTraces(SpanTables.Trace.LOW);
    for (int i = 0; i < traces.rows(); i++) {
      if (lows[i] == low && highs[i] == high) {
        return true;
      }
    }
    return false;
  }

  @Override
  SpanColumn ofTrace(Intrinsic field) {
    return switch (field) {
      case ROOT_NAME -> ofRoots(column(Intrinsic.NAME));
      case ROOT_SERVICE -> ofRoots(column(SpanField.SERVICE));
      case TRACE_START -> new SpanColumn.Longs(spread(ofTraces(SpanTables.Trace.START)), null);
      case TRACE_DURATION ->
          new SpanColumn.Longs(spread(ofTraces(SpanTables.Trace.DURATION)), null);
      case CHILD_COUNT -> numbers(nestedSets().children());
      case NESTED_SET_LEFT -> numbers(nestedSets().left());
      case NESTED_SET_RIGHT -> numbers(nestedSets().right());
      case NESTED_SET_PARENT -> numbers(nestedSets().parent());
      default -> SpanColumn.ABSENT;
    };
  }

  private static SpanColumn numbers(int[] numbers) {
    return new SpanColumn.Longs(Arrays.stream(numbers).asLongStream().toArray(), null);
  }

  private NestedSets nestedSets() {
    NestedSets known = nestedSets;
    if (known == null) {
      known = NestedSets.of(from(), parents());
      nestedSets = known;
    }
    return known;
  }

  /** For each row what the root of its trace has, the first row without parent. */
  private SpanColumn ofRoots(SpanColumn column) {
    if (!(column instanceof SpanColumn.Coded coded)) {
      return SpanColumn.ABSENT;
    }
    int[] from = from();
    int[] parentRows = parents();
    int[] ofRows = coded.codes();
    int[] codes = new int[rows()];
    for (int trace = 0; trace < traces.rows(); trace++) {
      int root = from[trace];
      while (root < from[trace + 1] && parentRows[root] != SpanBatch.ROOT) {
        root++;
      }
      Arrays.fill(codes, from[trace], from[trace + 1], root == from[trace + 1] ? -1 : ofRows[root]);
    }
    return new AttributeColumn.Codes(coded.dictionary(), codes);
  }
}
