package dev.sextant.trace;

import dev.sextant.storage.block.BlockContent;
import dev.sextant.storage.block.Run;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.codec.Effort;
import dev.sextant.storage.table.Column;
import dev.sextant.storage.table.ColumnKey;
import dev.sextant.storage.table.Numbers;
import dev.sextant.storage.table.StoredTable;
import dev.sextant.storage.table.TableEncoder;
import dev.sextant.storage.table.TableMerger;
import dev.sextant.storage.table.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Writes the rows that are left for a later run, in order of arrival as they were. */
final class RunRest {
  private static final int BLOCK_ROWS = 4096;

  /** About what a row takes in heap, so that a later run reckons with it. */
  private static final int ROW_BYTES = 400;

  private static final Set<Integer> NUMBERED_ANEW =
      Set.of(SpanTables.Span.TRACE, SpanTables.Span.RESOURCE, SpanTables.Span.SCOPE);

  private RunRest() {}

  /** Number of a block's first row in the journal. */
  static long firstRow(StoredSpanTables block) {
    int column = block.spans.field(SpanTables.Span.ROW);
    return block.spans.min(column);
  }

  /**
   * @param taken by trace, whether it is in the run
   */
  static List<Run.Rest> write(RunRows rows, boolean[] taken, Runnable checkpoint) {
    List<Run.Rest> blocks = new ArrayList<>();
    int[] left = new int[BLOCK_ROWS];
    int count = 0;
    for (int row = 0; row < rows.rows(); row++) {
      if (!taken[rows.traces[row]]) {
        left[count++] = row;
      }
      if (count == BLOCK_ROWS || (count > 0 && row == rows.rows() - 1)) {
        blocks.add(block(rows, Arrays.copyOf(left, count), checkpoint));
        count = 0;
      }
    }
    return blocks;
  }

  private static Run.Rest block(RunRows rows, int[] chosen, Runnable checkpoint) {
    BlockContent content = new BlockContent();
    ByteWriter scratch = new ByteWriter(1 << 14);
    TraceNumbers traces = new TraceNumbers();
    RunGroups resources = new RunGroups(rows.resourceEntries);
    RunGroups scopes = new RunGroups(rows.scopeEntries);
    long[][] numbers = new long[3][chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      int row = chosen[i];
      int trace = rows.traces[row];
      numbers[0][i] = traces.numberOf(rows.ids.high()[trace], rows.ids.low()[trace]);
      numbers[1][i] = resources.numberOf(rows.resources[row]);
      numbers[2][i] = scopes.numberOf(rows.scopes[row]);
    }
    SpanLayout.begin(traces, content);
    TableEncoder.encode(GroupBuilder.resources(resources.entries()), content, Effort.QUICK);
    TableEncoder.encode(GroupBuilder.scopes(scopes.entries()), content, Effort.QUICK);
    TableEncoder spans = new TableEncoder(content, Effort.QUICK, chosen.length, scratch);
    spans.column(numbers(SpanTables.Span.TRACE, numbers[0]));
    spans.column(numbers(SpanTables.Span.RESOURCE, numbers[1]));
    spans.column(numbers(SpanTables.Span.SCOPE, numbers[2]));
    Inputs inputs = new Inputs(rows, chosen);
    inputs.merge(inputs.spans(), inputs.chosen, NUMBERED_ANEW, spans, checkpoint);
    inputs.mergeParts(rows.eventEnds, inputs.events(), content, scratch, checkpoint);
    inputs.mergeParts(rows.linkEnds, inputs.links(), content, scratch, checkpoint);
    return inputs.rest(content);
  }

  private static Column numbers(int field, long[] values) {
    return new Column(ColumnKey.ofField(field, ValueType.INT), values.length, new Numbers(values));
  }

  /** The blocks that some of the rows are of, so that others need not be read. */
  private static final class Inputs {
    private final RunRows rows;
    private final List<StoredSpanTables> blocks = new ArrayList<>();

    /** By block, its first row and its first events and links among all of the run's. */
    private final List<Integer> firstRows = new ArrayList<>();

    private final int[] all;

    /** The rows, as they are numbered among those of the blocks. */
    final int[] chosen;

    Inputs(RunRows rows, int[] all) {
      this.rows = rows;
      this.all = all;
      this.chosen = new int[all.length];
      int block = -1;
      int before = 0;
      for (int i = 0; i < all.length; i++) {
        int own = rows.blockOf(all[i]);
        if (own != block) {
          before += block < 0 ? 0 : rows.blocks.get(block).spans.rows();
          block = own;
          blocks.add(rows.blocks.get(block));
          firstRows.add(rows.from[block]);
        }
        chosen[i] = before + all[i] - rows.from[block];
      }
    }

    List<StoredTable> spans() {
      return blocks.stream().map(block -> block.spans).toList();
    }

    List<StoredTable> events() {
      return blocks.stream().map(block -> block.events).toList();
    }

    List<StoredTable> links() {
      return blocks.stream().map(block -> block.links).toList();
    }

    void merge(
        List<StoredTable> inputs,
        int[] order,
        Set<Integer> without,
        TableEncoder output,
        Runnable checkpoint) {
      int[] ends = {order.length};
      new TableMerger(inputs, without).write(order, ends, List.of(output), checkpoint);
      output.finish();
    }

    /** Events or links of the rows. */
    void mergeParts(
        int[] endsOfRows,
        List<StoredTable> inputs,
        BlockContent content,
        ByteWriter scratch,
        Runnable checkpoint) {
      int[] order = new int[16];
      int count = 0;
      for (int i = 0; i < all.length; i++) {
        int shift = shift(i, endsOfRows, inputs);
        int row = all[i];
        for (int part = row == 0 ? 0 : endsOfRows[row - 1]; part < endsOfRows[row]; part++) {
          order = count == order.length ? Arrays.copyOf(order, count * 2) : order;
          order[count++] = part - shift;
        }
      }
      TableEncoder output = new TableEncoder(content, Effort.QUICK, count, scratch);
      merge(inputs, Arrays.copyOf(order, count), Set.of(), output, checkpoint);
    }

    /** How much less the number of a part is among those of the blocks than among all. */
    private int shift(int i, int[] endsOfRows, List<StoredTable> inputs) {
      int before = 0;
      int block = 0;
      while (block + 1 < firstRows.size() && firstRows.get(block + 1) <= all[i]) {
        before += inputs.get(block++).rows();
      }
      int first = firstRows.get(block);
      return (first == 0 ? 0 : endsOfRows[first - 1]) - before;
    }

    Run.Rest rest(BlockContent content) {
      long min = Long.MAX_VALUE;
      long max = Long.MIN_VALUE;
      for (int row : all) {
        min = Math.min(min, rows.starts[row]);
        max = Math.max(max, rows.starts[row]);
      }
      return new Run.Rest(
          all.length,
          rowNumber(0),
          rowNumber(all.length - 1),
          min,
          max,
          ROW_BYTES * all.length,
          content);
    }

    /** The journal's number of one of the rows. */
    private long rowNumber(int i) {
      int block = rows.blockOf(all[i]);
      StoredTable ofBlock = rows.blocks.get(block).spans;
      int column = ofBlock.field(SpanTables.Span.ROW);
      if (ofBlock.load(column) instanceof Numbers(long[] numbers)) {
        return numbers[all[i] - rows.from[block]];
      }
      throw new IllegalStateException("row numbers are no numbers");
    }
  }
}
