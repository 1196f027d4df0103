package dev.sextant.traceql.field;

import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.TextRegex;
import dev.sextant.traceql.TraceQlException;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.Reference;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** A span filter made ready to be asked of columns, many rows at a time. Thread-safe. */
public final class CompiledFilter {
  /** Rows between two checkpoints. */
  private static final int ROWS = 1024;

  private final FieldExpr condition;
  private final RowTest test;
  private final SpanCondition need;
  private final Set<SpanField> fields = new LinkedHashSet<>();

  private CompiledFilter(FieldExpr condition) {
    this.condition = condition;
    this.test = RowTests.compile(condition);
    this.need = new FilterNeeds(false).of(condition);
    references(condition, reference -> fields.addAll(reference.fields()));
  }

  /**
   * @throws TraceQlException.BadData where it holds a regular expression that is too large
   */
  public static CompiledFilter of(FieldExpr condition) {
    return new CompiledFilter(condition);
  }

  /**
   * Those of some rows for which it is true, a new set.
   *
   * @throws TraceQlException.Execution where it has no value for a row
   */
  public RowSet rows(Columns columns, RowSet within) {
    return test.rows(columns, within);
  }

  /**
   * Those of some rows for which it is true, a new set; without those for which it has no value.
   */
  public RowSet rowsWithValue(Columns columns, RowSet within) {
    try {
      return rows(columns, within);
    } catch (TraceQlException.Execution e) {
      return rowsOneByOne(columns, within);
    }
  }

  private RowSet rowsOneByOne(Columns columns, RowSet within) {
    RowExpr bound = RowExpr.bind(condition, columns);
    RowSet found = RowSet.none(within.size());
    int looked = 0;
    for (int row = within.next(0); row >= 0; row = within.next(row + 1)) {
      if (looked++ % ROWS == 0) {
        columns.checkpoint();
      }
      if (isTrueWithValue(bound, row)) {
        found.add(row);
      }
    }
    return found;
  }

  private static boolean isTrueWithValue(RowExpr bound, int row) {
    try {
      return bound.isTrue(row);
    } catch (TraceQlException.Execution e) {
      return false;
    }
  }

  /** What holds for every span for which this is true, and perhaps for others. */
  public SpanCondition need() {
    return need;
  }

  /**
   * What holds for every span for which a condition is true that may not be finished: only what
   * compares a reference with a constant or asks for its presence tells, all else is taken for
   * true.
   */
  public static SpanCondition needOfUnfinished(FieldExpr condition) {
    return new FilterNeeds(true).of(condition);
  }

  /** What it may ask for. */
  public Set<SpanField> fields() {
    return fields;
  }

  /** Every reference of an expression, from left to right. */
  public static void references(FieldExpr expr, Consumer<Reference> to) {
    switch (expr) {
      case FieldExpr.Literal literal -> {}
      case FieldExpr.Field field -> to.accept(field.reference());
      case FieldExpr.Unary unary -> references(unary.operand(), to);
      case FieldExpr.Logical logical -> logical.operands().forEach(part -> references(part, to));
      case FieldExpr.Binary binary -> {
        references(binary.left(), to);
        references(binary.right(), to);
      }
      case FieldExpr.Match match -> references(match.operand(), to);
      case FieldExpr.Presence presence -> references(presence.operand(), to);
    }
  }

  static TextRegex regex(String source) {
    try {
      return TextRegex.compile(source);
    } catch (IllegalArgumentException e) {
      throw new TraceQlException.BadData("invalid regex: " + e.getMessage());
    }
  }
}
