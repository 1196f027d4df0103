package dev.sextant.trace;

import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.codec.TextDictionary;
import dev.sextant.storage.table.Numbers;
import dev.sextant.storage.table.StoredTable;
import java.util.List;

/**
 * What a run is ordered by: ids, times and a few numbers of the rows of its blocks, one block
 * behind the other; 50 bytes a row. For one thread.
 */
final class RunRows {
  final List<StoredSpanTables> blocks;

  /** By block, its first row among all; the number of all rows behind them. */
  final int[] from;

  final TraceNumbers ids = new TraceNumbers();

  /** By row, the number of its trace. */
  final int[] traces;

  final long[] spanIds;
  final long[] parentIds;
  final long[] starts;

  /** End minus start, which may be negative. */
  final long[] lengths;

  final byte[] kinds;

  /** By row, the numbers of its resource and scope among all. */
  final int[] resources;

  final int[] scopes;

  /** Distinct resources and scopes of all blocks, as {@link GroupAssembler} gives them. */
  final TextDictionary resourceEntries = new TextDictionary();

  final TextDictionary scopeEntries = new TextDictionary();

  /** By row, where its events end among those of all rows. */
  final int[] eventEnds;

  final int[] linkEnds;

  RunRows(List<StoredSpanTables> blocks, Runnable checkpoint) {
    this.blocks = blocks;
    this.from = new int[blocks.size() + 1];
    for (int i = 0; i < blocks.size(); i++) {
      from[i + 1] = from[i] + blocks.get(i).spans.rows();
    }
    int rows = rows();
    traces = new int[rows];
    spanIds = new long[rows];
    parentIds = new long[rows];
    starts = new long[rows];
    lengths = new long[rows];
    kinds = new byte[rows];
    resources = new int[rows];
    scopes = new int[rows];
    eventEnds = new int[rows];
    linkEnds = new int[rows];
    for (int i = 0; i < blocks.size(); i++) {
      read(blocks.get(i), from[i]);
      checkpoint.run();
    }
  }

  int rows() {
    return from[from.length - 1];
  }

  private void read(StoredSpanTables block, int at) {
    StoredTable spans = block.spans;
    int rows = spans.rows();
    System.arraycopy(numbers(spans, SpanTables.Span.SPAN_ID), 0, spanIds, at, rows);
    System.arraycopy(numbers(spans, SpanTables.Span.START), 0, starts, at, rows);
    System.arraycopy(numbers(spans, SpanTables.Span.LENGTH), 0, lengths, at, rows);
    long[] kindNumbers = numbers(spans, SpanTables.Span.KIND);
    for (int i = 0; i < rows; i++) {
      kinds[at + i] = (byte) SpanDecoder.kind((int) kindNumbers[i]).ordinal();
    }
    readParents(spans, at);
    readTraces(block, at);
    readGroups(block, at);
    readEnds(spans, SpanTables.Span.EVENTS, eventEnds, at);
    readEnds(spans, SpanTables.Span.LINKS, linkEnds, at);
  }

  /** A field that every span has; not kept. */
  private static long[] numbers(StoredTable table, int field) {
    if (table.load(table.field(field)) instanceof Numbers(long[] values)) {
      return values;
    }
    throw new CorruptDataException("field " + field + " holds no numbers");
  }

  private void readParents(StoredTable spans, int at) {
    int column = spans.field(SpanTables.Span.PARENT_ID);
    if (column < 0 || !(spans.load(column) instanceof Numbers(long[] ids))) {
      return;
    }
    int[] places = StoredColumns.places(spans, column);
    for (int i = 0; i < spans.rows(); i++) {
      int place = places == null ? i : places[i];
      parentIds[at + i] = place < 0 ? 0 : ids[place];
    }
  }

  private void readTraces(StoredSpanTables block, int at) {
    long[] high = numbers(block.traces, SpanTables.Trace.HIGH);
    long[] low = numbers(block.traces, SpanTables.Trace.LOW);
    int[] found = new int[block.traces.rows()];
    for (int i = 0; i < found.length; i++) {
      found[i] = ids.numberOf(high[i], low[i]);
    }
    copy(numbers(block.spans, SpanTables.Span.TRACE), block.spans.rows(), found, traces, at);
  }

  private static void copy(long[] numbers, int rows, int[] found, int[] into, int at) {
    for (int i = 0; i < rows; i++) {
      into[at + i] = found[(int) numbers[i]];
    }
  }

  private void readGroups(StoredSpanTables block, int at) {
    GroupAssembler groups = new GroupAssembler(block);
    int[] foundResources = new int[block.resources.rows()];
    for (int i = 0; i < foundResources.length; i++) {
      foundResources[i] = resourceEntries.idOf(groups.resourceEntry(i));
    }
    int[] foundScopes = new int[block.scopes.rows()];
    for (int i = 0; i < foundScopes.length; i++) {
      foundScopes[i] = scopeEntries.idOf(groups.scopeEntry(i));
    }
    int rows = block.spans.rows();
    copy(numbers(block.spans, SpanTables.Span.RESOURCE), rows, foundResources, resources, at);
    copy(numbers(block.spans, SpanTables.Span.SCOPE), rows, foundScopes, scopes, at);
  }

  private static void readEnds(StoredTable spans, int field, int[] ends, int at) {
    int end = at == 0 ? 0 : ends[at - 1];
    int column = spans.field(field);
    int[] places = column < 0 ? null : StoredColumns.places(spans, column);
    long[] counts =
        column >= 0 && spans.load(column) instanceof Numbers(long[] values) ? values : new long[0];
    for (int i = 0; i < spans.rows(); i++) {
      int place = column < 0 ? -1 : places == null ? i : places[i];
      end += place < 0 ? 0 : (int) counts[place];
      ends[at + i] = end;
    }
  }

  /** The block that a row is of. */
  int blockOf(int row) {
    int low = 0;
    int high = from.length - 2;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (from[middle] <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
