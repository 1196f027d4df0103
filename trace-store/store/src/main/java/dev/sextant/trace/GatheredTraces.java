package dev.sextant.trace;

import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import dev.sextant.trace.model.TraceStructure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/** Whole traces, gathered from the blocks that hold a part of them. */
final class GatheredTraces implements SpanBatch {
  private final GatheredRows rows;
  private final TraceStructure structure;

  /** The blocks that rows are of. */
  private final List<SpanBlock> blocks;

  /** For each row in order the place of its block among them, and its row there. */
  private final int[] from;

  private final int[] places;
  private final long laterStartNanos;
  private final Map<SpanField, SpanColumn> columns = new HashMap<>();

  /**
   * @param blocks by their numbers, those that rows are of
   */
  GatheredTraces(
      GatheredRows rows,
      TraceStructure structure,
      Map<Integer, SpanBlock> blocks,
      long laterStartNanos) {
    this.rows = rows;
    this.structure = structure;
    this.blocks = new ArrayList<>(blocks.values());
    this.from = new int[structure.rows()];
    this.places = new int[structure.rows()];
    this.laterStartNanos = laterStartNanos;
    Map<Integer, Integer> numbers = new HashMap<>();
    blocks.keySet().forEach(number -> numbers.put(number, numbers.size()));
    for (int at = 0; at < from.length; at++) {
      int row = structure.order()[at];
      from[at] = numbers.getOrDefault(rows.block(row), -1);
      places[at] = rows.row(row);
    }
  }

  @Override
  public int rows() {
    return structure.rows();
  }

  @Override
  public SpanColumn column(SpanField field) {
    SpanColumn known = columns.get(field);
    if (known == null) {
      known = field instanceof Intrinsic intrinsic ? intrinsic(intrinsic) : ofBlocks(field);
      columns.put(field, known);
    }
    return known;
  }

  private SpanColumn ofBlocks(SpanField field) {
    List<SpanColumn> sources = new ArrayList<>(blocks.size());
    blocks.forEach(block -> sources.add(block.column(field)));
    return PickedColumn.of(sources, from, places, rows());
  }

  private SpanColumn intrinsic(Intrinsic field) {
    return switch (field) {
      case ROOT_NAME -> ofRoots(column(Intrinsic.NAME));
      case ROOT_SERVICE -> ofRoots(column(SpanField.SERVICE));
      case TRACE_START -> ofTraces(structure::startNanos);
      case TRACE_DURATION -> ofTraces(structure::durationNanos);
      case CHILD_COUNT -> numbers(structure.nestedSets().children());
      case NESTED_SET_LEFT -> numbers(structure.nestedSets().left());
      case NESTED_SET_RIGHT -> numbers(structure.nestedSets().right());
      case NESTED_SET_PARENT -> numbers(structure.nestedSets().parent());
      default -> ofBlocks(field);
    };
  }

  private SpanColumn ofTraces(IntToLongFunction value) {
    long[] values = new long[rows()];
    for (int trace = 0; trace < traces(); trace++) {
      Arrays.fill(values, traceFrom(trace), traceFrom(trace + 1), value.applyAsLong(trace));
    }
    return new SpanColumn.Longs(values, null);
  }

  private static SpanColumn numbers(int[] numbers) {
    return new SpanColumn.Longs(Arrays.stream(numbers).asLongStream().toArray(), null);
  }

  /** For each row what the root of its trace has. */
  private SpanColumn ofRoots(SpanColumn column) {
    if (!(column instanceof SpanColumn.Coded coded)) {
      return SpanColumn.ABSENT;
    }
    int[] codes = new int[rows()];
    for (int trace = 0; trace < traces(); trace++) {
      int root = structure.root(trace);
      Arrays.fill(
          codes, traceFrom(trace), traceFrom(trace + 1), root < 0 ? -1 : coded.codes()[root]);
    }
    return new AttributeColumn.Codes(coded.dictionary(), codes);
  }

  private long[] inOrder(IntToLongFunction value) {
    long[] values = new long[rows()];
    for (int at = 0; at < values.length; at++) {
      values[at] = value.applyAsLong(structure.order()[at]);
    }
    return values;
  }

  @Override
  public long[] traceHigh() {
    return inOrder(rows::traceHigh);
  }

  @Override
  public long[] traceLow() {
    return inOrder(rows::traceLow);
  }

  @Override
  public long[] spanIds() {
    return inOrder(rows::spanId);
  }

  @Override
  public int traces() {
    return structure.traces();
  }

  @Override
  public int traceFrom(int trace) {
    return structure.traceFrom(trace);
  }

  @Override
  public int[] parents() {
    return structure.parents();
  }

  @Override
  public long laterStartNanos() {
    return laterStartNanos;
  }
}
