package dev.sextant.traceql.spanset;

import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.StructuralOp;
import dev.sextant.traceql.field.Operators;
import dev.sextant.traceql.field.RowExpr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs pipelines on one batch. For one thread. */
final class PipelineRun {
  /** Spansets between two checkpoints. */
  private static final int SPANSETS = 256;

  /** About what one group takes, beside its rows. */
  private static final long GROUP_BYTES = 300;

  private final TraceBatch batch;
  private @Nullable Relations relations;

  PipelineRun(TraceBatch batch) {
    this.batch = batch;
  }

  /** The spansets left; each one's origin is a spanset of the input. */
  List<Spanset> run(CompiledPipeline pipeline, SpansetInput input) {
    List<Spanset> spansets = step(pipeline.steps().getFirst(), input);
    for (CompiledStep next : pipeline.steps().subList(1, pipeline.steps().size())) {
      batch.checkpoint();
      spansets =
          next instanceof CompiledStep.Coalesce ? coalesced(spansets) : continued(next, spansets);
    }
    return spansets;
  }

  private List<Spanset> continued(CompiledStep step, List<Spanset> spansets) {
    if (spansets.isEmpty() || step instanceof CompiledStep.Select) {
      return spansets;
    }
    List<Spanset> after = step(step, new SpansetInput.Listed(batch.spans().rows(), spansets));
    after.replaceAll(spanset -> spanset.withOrigin(spansets.get(spanset.origin()).origin()));
    return after;
  }

  private List<Spanset> step(CompiledStep step, SpansetInput input) {
    return switch (step) {
      case CompiledStep.Filter filter ->
          input.narrowed(filter.filter().rows(batch.columns(), input.rows()));
      case CompiledStep.Logical logical -> logical(logical, input);
      case CompiledStep.Structural structural -> structural(structural, input);
      case CompiledStep.Piped piped -> run(piped.pipeline(), input);
      case CompiledStep.Scalar scalar -> scalar(scalar, input.spansets());
      case CompiledStep.GroupBy by -> grouped(by, input.spansets());
      case CompiledStep.Coalesce coalesce -> coalesced(input.spansets());
      case CompiledStep.Select select -> input.spansets();
    };
  }

  /**
   * One side of a spanset operator: what it leaves of a spanset is one, however it was grouped.
   * Whether groups are one or many may hang on what a source left out, so an answer must not.
   */
  private List<Spanset> side(CompiledStep step, SpansetInput input) {
    List<Spanset> spansets = step(step, input);
    for (int i = 1; i < spansets.size(); i++) {
      if (spansets.get(i).origin() == spansets.get(i - 1).origin()) {
        return coalesced(spansets);
      }
    }
    return spansets;
  }

  private List<Spanset> logical(CompiledStep.Logical logical, SpansetInput input) {
    boolean and = logical.op() == LogicalOp.AND;
    List<Spanset> left = side(logical.left(), input);
    if (and && left.isEmpty()) {
      return left;
    }
    List<Spanset> right = side(logical.right(), input);
    return new Pairs(left, right)
        .joined(
            (origin, a, b) -> {
              if (and && (a == null || b == null)) {
                return null;
              }
              Spanset some = a != null ? a : Objects.requireNonNull(b);
              int[] rows = a == null || b == null ? some.rows() : Rows.union(a.rows(), b.rows());
              return new Spanset(origin, some.trace(), rows, attributes(input, origin));
            });
  }

  private List<Spanset> structural(CompiledStep.Structural structural, SpansetInput input) {
    StructuralOp op = structural.op();
    List<Spanset> left = side(structural.left(), input);
    if (left.isEmpty() && op.form() != StructuralOp.Form.NEGATED) {
      return left;
    }
    List<Spanset> right = side(structural.right(), input);
    return new Pairs(left, right)
        .joined(
            (origin, a, b) -> {
              if (b == null || (a == null && op.form() != StructuralOp.Form.NEGATED)) {
                return null;
              }
              int[] rows = a == null ? b.rows() : relations().apply(op, a.rows(), b.rows());
              return rows.length == 0
                  ? null
                  : new Spanset(origin, b.trace(), rows, attributes(input, origin));
            });
  }

  private Relations relations() {
    Relations made = relations;
    if (made == null) {
      made = new Relations(batch);
      relations = made;
    }
    return made;
  }

  /** Those of the spanset that an operator was given; what its sides computed is theirs. */
  private static List<NamedValue> attributes(SpansetInput input, int origin) {
    return switch (input) {
      case SpansetInput.Everything everything -> List.of();
      case SpansetInput.Listed listed -> listed.given().get(origin).attributes();
    };
  }

  /** For each spanset, which mostly have few rows. */
  private void checkpoint(int done) {
    if (done % SPANSETS == 0) {
      batch.checkpoint();
    }
  }

  private List<Spanset> scalar(CompiledStep.Scalar scalar, List<Spanset> spansets) {
    List<Spanset> kept = new ArrayList<>();
    RowExpr operand =
        scalar.aggregate() instanceof Aggregate.Over over
            ? RowExpr.bind(over.operand(), batch.columns())
            : null;
    for (int i = 0; i < spansets.size(); i++) {
      checkpoint(i);
      Spanset spanset = spansets.get(i);
      Value value =
          scalar.aggregate() instanceof Aggregate.Over over && operand != null
              ? AggregateValue.of(over.op(), operand, spanset.rows())
              : new Value.Int(spanset.rows().length);
      if (value != null && Operators.holds(scalar.op(), value, scalar.constant())) {
        kept.add(spanset.with(new NamedValue(scalar.name(), value)));
      }
    }
    return kept;
  }

  /** Groups stand in the order of their first spans. */
  private List<Spanset> grouped(CompiledStep.GroupBy by, List<Spanset> spansets) {
    RowExpr expression = RowExpr.bind(by.expression(), batch.columns());
    List<Spanset> groups = new ArrayList<>();
    for (int i = 0; i < spansets.size(); i++) {
      checkpoint(i);
      Spanset spanset = spansets.get(i);
      Map<Value, RowList> rows = new LinkedHashMap<>();
      for (int row : spanset.rows()) {
        rows.computeIfAbsent(expression.value(row), value -> new RowList()).add(row);
      }
      batch.reserve(GROUP_BYTES * rows.size() + 4L * spanset.rows().length);
      rows.forEach(
          (value, list) ->
              groups.add(
                  new Spanset(
                          spanset.origin(), spanset.trace(), list.toArray(), spanset.attributes())
                      .with(new NamedValue(by.name(), value))));
    }
    return groups;
  }

  /** One spanset of all that have one origin. */
  private static List<Spanset> coalesced(List<Spanset> spansets) {
    List<Spanset> joined = new ArrayList<>();
    int from = 0;
    while (from < spansets.size()) {
      Spanset first = spansets.get(from);
      int to = from + 1;
      int count = first.rows().length;
      while (to < spansets.size() && spansets.get(to).origin() == first.origin()) {
        count += spansets.get(to++).rows().length;
      }
      int[] rows = new int[count];
      int at = 0;
      for (Spanset spanset : spansets.subList(from, to)) {
        System.arraycopy(spanset.rows(), 0, rows, at, spanset.rows().length);
        at += spanset.rows().length;
      }
      Arrays.sort(rows);
      joined.add(new Spanset(first.origin(), first.trace(), rows, List.of()));
      from = to;
    }
    return joined;
  }

  /** Rows that are added in order. */
  private static final class RowList {
    private int[] rows = new int[4];
    private int size;

    void add(int row) {
      if (size == rows.length) {
        rows = Arrays.copyOf(rows, size * 2);
      }
      rows[size++] = row;
    }

    int[] toArray() {
      return Arrays.copyOf(rows, size);
    }
  }

  /**
   * Both sides of a spanset operator, brought together by their origins, each of which a side has
   * at most once.
   */
  private record Pairs(List<Spanset> left, List<Spanset> right) {
    /** What an operator makes of the spansets of one origin; null for none. */
    interface Join {
      @Nullable Spanset of(int origin, @Nullable Spanset left, @Nullable Spanset right);
    }

    List<Spanset> joined(Join join) {
      List<Spanset> joined = new ArrayList<>();
      int i = 0;
      int j = 0;
      while (i < left.size() || j < right.size()) {
        int a = i < left.size() ? left.get(i).origin() : Integer.MAX_VALUE;
        int b = j < right.size() ? right.get(j).origin() : Integer.MAX_VALUE;
        int origin = Math.min(a, b);
        Spanset made =
            join.of(
                origin, a == origin ? left.get(i++) : null, b == origin ? right.get(j++) : null);
        if (made != null) {
          joined.add(made);
        }
      }
      return joined;
    }
  }
}
