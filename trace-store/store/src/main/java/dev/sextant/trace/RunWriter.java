package dev.sextant.trace;

import dev.sextant.storage.block.BlockContent;
import dev.sextant.storage.block.Run;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.codec.Effort;
import dev.sextant.storage.table.Column;
import dev.sextant.storage.table.ColumnKey;
import dev.sextant.storage.table.Numbers;
import dev.sextant.storage.table.Shapes;
import dev.sextant.storage.table.StoredTable;
import dev.sextant.storage.table.Table;
import dev.sextant.storage.table.TableEncoder;
import dev.sextant.storage.table.TableMerger;
import dev.sextant.storage.table.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes rows of a run as trace-major blocks, column by column: each stored column is read once,
 * and one at a time is in heap for all rows. For one run.
 */
final class RunWriter {
  /** Computed anew, or told by the trace. */
  private static final Set<Integer> LEFT_OUT =
      Set.of(
          SpanTables.Span.ROW,
          SpanTables.Span.TRACE,
          SpanTables.Span.PARENT_ID,
          SpanTables.Span.START,
          SpanTables.Span.RESOURCE,
          SpanTables.Span.SCOPE);

  private final RunRows rows;
  private final RunOrder order;

  /** Traces in their order. */
  private final int[] traces;

  /** By block, where its traces end among {@link #traces}. */
  private final int[] traceEnds;

  /** By block, where its rows end among all. */
  private final int[] ends;

  private final Runnable checkpoint;
  private final List<BlockContent> contents = new ArrayList<>();
  private final ByteWriter scratch = new ByteWriter(1 << 16);

  /** By table in the order of the section, then by block. */
  private final List<List<TableEncoder>> encoders = new ArrayList<>();

  /**
   * @param traceEnds by block, where its traces end
   */
  RunWriter(RunRows rows, RunOrder order, int[] traces, int[] traceEnds, Runnable checkpoint) {
    this.rows = rows;
    this.order = order;
    this.traces = traces;
    this.traceEnds = traceEnds;
    this.checkpoint = checkpoint;
    this.ends = new int[traceEnds.length];
    int end = 0;
    for (int block = 0; block < ends.length; block++) {
      for (int i = firstTrace(block); i < traceEnds[block]; i++) {
        end += order.sizes[traces[i]];
      }
      ends[block] = end;
      contents.add(new BlockContent());
    }
  }

  private int firstTrace(int block) {
    return block == 0 ? 0 : traceEnds[block - 1];
  }

  private int firstRow(int block) {
    return block == 0 ? 0 : ends[block - 1];
  }

  /**
   * Writes the blocks.
   *
   * @param firstRow a number for the run's first row
   */
  List<Run.Sealed> write(long firstRow) {
    int[] inOrder = rowsInOrder();
    encodeTraces();
    encodeGroups(inOrder);
    encodeSpans(inOrder);
    encodeParts(inOrder, rows.eventEnds, block -> block.events);
    encodeParts(inOrder, rows.linkEnds, block -> block.links);
    encodeParents(inOrder);
    List<Run.Sealed> blocks = new ArrayList<>();
    for (int block = 0; block < ends.length; block++) {
      ByteWriter section = contents.get(block).section();
      section.put(StoredSpanTables.TRACE_MAJOR);
      section.putVarint(firstRow + firstRow(block));
      for (List<TableEncoder> table : encoders) {
        table.get(block).finish();
      }
      blocks.add(sealed(block, inOrder));
    }
    return blocks;
  }

  private int[] rowsInOrder() {
    int[] inOrder = new int[ends.length == 0 ? 0 : ends[ends.length - 1]];
    int at = 0;
    for (int trace : traces) {
      System.arraycopy(order.sorted, order.from(trace), inOrder, at, order.sizes[trace]);
      at += order.sizes[trace];
    }
    return inOrder;
  }

  /** A table's encoders, one for each block. */
  private List<TableEncoder> table(int[] tableEnds) {
    List<TableEncoder> table = new ArrayList<>();
    for (int block = 0; block < contents.size(); block++) {
      int count = tableEnds[block] - (block == 0 ? 0 : tableEnds[block - 1]);
      table.add(new TableEncoder(contents.get(block), Effort.THOROUGH, count, scratch));
    }
    encoders.add(table);
    return table;
  }

  private void encodeTraces() {
    List<TableEncoder> table = table(traceEnds);
    RunRoots roots = new RunRoots(rows, order);
    for (int block = 0; block < table.size(); block++) {
      int from = firstTrace(block);
      int count = traceEnds[block] - from;
      long[][] columns = new long[5][count];
      for (int i = 0; i < count; i++) {
        int trace = traces[from + i];
        columns[0][i] = rows.ids.high()[trace];
        columns[1][i] = rows.ids.low()[trace];
        columns[2][i] = order.sizes[trace];
        columns[3][i] = order.starts[trace];
        columns[4][i] = order.durations[trace];
      }
      int[] fields = {
        SpanTables.Trace.HIGH,
        SpanTables.Trace.LOW,
        SpanTables.Trace.SPANS,
        SpanTables.Trace.START,
        SpanTables.Trace.DURATION
      };
      for (int i = 0; i < fields.length; i++) {
        table.get(block).column(numbers(fields[i], columns[i], count));
      }
      roots.encode(traces, from, count, table.get(block));
      checkpoint.run();
    }
  }

  private static Column numbers(int field, long[] values, int count) {
    return new Column(ColumnKey.ofField(field, ValueType.INT), count, new Numbers(values));
  }

  /** Resources and scopes, and for each span which is its. */
  private void encodeGroups(int[] inOrder) {
    RunGroups resources = new RunGroups(rows.resourceEntries);
    RunGroups scopes = new RunGroups(rows.scopeEntries);
    List<TableEncoder> ofResources = new ArrayList<>();
    List<TableEncoder> ofScopes = new ArrayList<>();
    List<TableEncoder> spans = new ArrayList<>();
    for (int block = 0; block < contents.size(); block++) {
      int from = firstRow(block);
      int count = ends[block] - from;
      resources.begin();
      scopes.begin();
      long[] resourceNumbers = new long[count];
      long[] scopeNumbers = new long[count];
      for (int i = 0; i < count; i++) {
        resourceNumbers[i] = resources.numberOf(rows.resources[inOrder[from + i]]);
        scopeNumbers[i] = scopes.numberOf(rows.scopes[inOrder[from + i]]);
      }
      ofResources.add(encode(GroupBuilder.resources(resources.entries()), contents.get(block)));
      ofScopes.add(encode(GroupBuilder.scopes(scopes.entries()), contents.get(block)));
      TableEncoder ofBlock = new TableEncoder(contents.get(block), Effort.THOROUGH, count, scratch);
      ofBlock.column(numbers(SpanTables.Span.RESOURCE, resourceNumbers, count));
      ofBlock.column(numbers(SpanTables.Span.SCOPE, scopeNumbers, count));
      spans.add(ofBlock);
      checkpoint.run();
    }
    encoders.add(ofResources);
    encoders.add(ofScopes);
    encoders.add(spans);
  }

  private TableEncoder encode(Table table, BlockContent content) {
    TableEncoder encoder = new TableEncoder(content, Effort.THOROUGH, table.rows(), scratch);
    table.columns().forEach(encoder::column);
    Shapes shapes = table.shapes();
    encoder.shapes(shapes.columns(), shapes.codes());
    return encoder;
  }

  private void encodeSpans(int[] inOrder) {
    List<TableEncoder> spans = encoders.getLast();
    int at = 0;
    for (int block = 0; block < spans.size(); block++) {
      int count = ends[block] - firstRow(block);
      long[] offsets = new long[count];
      long[] codes = new long[count];
      int row = 0;
      for (int i = firstTrace(block); i < traceEnds[block]; i++) {
        int trace = traces[i];
        int first = row;
        for (int place = 0; place < order.sizes[trace]; place++, row++, at++) {
          offsets[row] = rows.starts[inOrder[at]] - order.starts[trace];
          codes[row] = code(trace, place, row, first);
        }
      }
      spans.get(block).column(numbers(SpanTables.Span.START, offsets, count));
      spans.get(block).column(numbers(SpanTables.Span.PARENT, codes, count));
      checkpoint.run();
    }
    List<StoredTable> inputs = rows.blocks.stream().map(block -> block.spans).toList();
    new TableMerger(inputs, LEFT_OUT).write(inOrder, ends, spans, checkpoint);
  }

  private long code(int trace, int place, int row, int first) {
    int from = order.from(trace);
    int parent = order.parents[from + place];
    long idOfParent = parent < 0 ? 0 : rows.spanIds[order.sorted[from + parent]];
    long parentId = rows.parentIds[order.sorted[from + place]];
    return ParentCodes.code(row, parent < 0 ? parent : first + parent, parentId, idOfParent);
  }

  /** Events or links. */
  private void encodeParts(
      int[] inOrder, int[] endsOfRows, Function<StoredSpanTables, StoredTable> tables) {
    int[] partEnds = new int[ends.length];
    int[] parts = new int[endsOfRows.length == 0 ? 0 : endsOfRows[endsOfRows.length - 1]];
    int count = 0;
    for (int block = 0; block < ends.length; block++) {
      for (int i = firstRow(block); i < ends[block]; i++) {
        int row = inOrder[i];
        for (int part = row == 0 ? 0 : endsOfRows[row - 1]; part < endsOfRows[row]; part++) {
          parts[count++] = part;
        }
      }
      partEnds[block] = count;
    }
    List<StoredTable> inputs = rows.blocks.stream().map(tables).toList();
    new TableMerger(inputs, Set.of()).write(parts, partEnds, table(partEnds), checkpoint);
  }

  /** Ids of parents that follow from no row. */
  private void encodeParents(int[] inOrder) {
    int[] listEnds = new int[ends.length];
    long[] ids = new long[inOrder.length];
    int count = 0;
    int at = 0;
    for (int block = 0; block < ends.length; block++) {
      int row = 0;
      for (int i = firstTrace(block); i < traceEnds[block]; i++) {
        int first = row;
        for (int place = 0; place < order.sizes[traces[i]]; place++, row++, at++) {
          if (ParentCodes.isListed(code(traces[i], place, row, first))) {
            ids[count++] = rows.parentIds[inOrder[at]];
          }
        }
      }
      listEnds[block] = count;
    }
    List<TableEncoder> lists = table(listEnds);
    for (int block = 0; block < lists.size(); block++) {
      int from = block == 0 ? 0 : listEnds[block - 1];
      int size = listEnds[block] - from;
      if (size > 0) {
        long[] own = Arrays.copyOfRange(ids, from, listEnds[block]);
        lists.get(block).column(numbers(SpanTables.Parent.ID, own, size));
      }
      lists.get(block).shapes(List.of(new int[0]), new int[size]);
      checkpoint.run();
    }
  }

  private Run.Sealed sealed(int block, int[] inOrder) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = firstRow(block); i < ends[block]; i++) {
      min = Math.min(min, rows.starts[inOrder[i]]);
      max = Math.max(max, rows.starts[inOrder[i]]);
    }
    long lastEnd = Long.MIN_VALUE;
    long lastStart = Long.MIN_VALUE;
    for (int i = firstTrace(block); i < traceEnds[block]; i++) {
      long start = order.starts[traces[i]];
      long end = start + order.durations[traces[i]];
      lastEnd = Math.max(lastEnd, end < start ? Long.MAX_VALUE : end);
      lastStart = Math.max(lastStart, start);
    }
    contents.get(block).number(SpanRuns.END, lastEnd);
    contents.get(block).number(SpanRuns.TRACE_START, lastStart);
    return new Run.Sealed(ends[block] - firstRow(block), min, max, contents.get(block));
  }
}
