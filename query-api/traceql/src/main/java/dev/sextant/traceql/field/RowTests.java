package dev.sextant.traceql.field;

import dev.sextant.trace.model.ColumnScan;
import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.trace.model.ValueTest;
import dev.sextant.traceql.TraceQlException;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.ast.ValueType;
import java.util.List;

/**
 * Compiles filters. What compares a reference with a constant runs over columns; the rest row by
 * row, on the rows that are left.
 */
final class RowTests {
  /** Rows between two checkpoints. */
  private static final int ROWS = 1024;

  private RowTests() {}

  static RowTest compile(FieldExpr condition) {
    return switch (condition) {
      case FieldExpr.Literal literal ->
          literal.value().equals(Static.TRUE) ? new All(List.of()) : new Any(List.of());
      case FieldExpr.Field field -> new Truth(field);
      case FieldExpr.Unary unary -> new EachRow(unary);
      case FieldExpr.Logical logical -> logical(logical);
      case FieldExpr.Binary binary -> comparison(binary);
      case FieldExpr.Match match -> comparison(match);
      case FieldExpr.Presence presence ->
          presence.operand() instanceof FieldExpr.Field field
              ? new Presence(presence.present(), field.reference().fields())
              : new EachRow(presence);
    };
  }

  /**
   * Over columns what is no boolean counts as false. That is all the same but in front of an {@code
   * ||}, which a left side that is no boolean makes false.
   */
  private static RowTest logical(FieldExpr.Logical logical) {
    boolean first = logical.operands().getFirst().type() == ValueType.BOOL;
    if (logical.op() == LogicalOp.OR && !first) {
      return new EachRow(logical);
    }
    List<RowTest> parts = logical.operands().stream().map(RowTests::compile).toList();
    return logical.op() == LogicalOp.AND ? new All(parts) : new Any(parts);
  }

  private static RowTest comparison(FieldExpr expr) {
    StoredComparison comparison = StoredComparison.of(expr);
    if (comparison == null) {
      return new EachRow(expr);
    }
    SpanValue operand = comparison.operand();
    return operand == null
        ? new Any(List.of())
        : new Comparison(comparison.reference().fields(), test(comparison.op(), operand));
  }

  private static ValueTest test(SpanCondition.Op op, SpanValue operand) {
    try {
      return ValueTest.of(op, operand);
    } catch (IllegalArgumentException e) {
      throw new TraceQlException.BadData("invalid regex: " + e.getMessage());
    }
  }

  private record All(List<RowTest> parts) implements RowTest {
    @Override
    public RowSet rows(Columns columns, RowSet within) {
      RowSet left = within;
      for (RowTest part : parts) {
        if (left.isEmpty()) {
          break;
        }
        columns.checkpoint();
        left = part.rows(columns, left);
      }
      return left == within ? within.copy() : left;
    }
  }

  private record Any(List<RowTest> parts) implements RowTest {
    @Override
    public RowSet rows(Columns columns, RowSet within) {
      RowSet found = RowSet.none(within.size());
      RowSet left = within.copy();
      for (RowTest part : parts) {
        if (left.isEmpty()) {
          break;
        }
        columns.checkpoint();
        RowSet more = part.rows(columns, left);
        found.or(more);
        left.andNot(more);
      }
      return found;
    }
  }

  /** Compares the first of several fields that a span has. */
  private record Comparison(List<SpanField> fields, ValueTest test) implements RowTest {
    @Override
    public RowSet rows(Columns columns, RowSet within) {
      if (within.isEmpty()) {
        return within.copy();
      }
      if (fields.size() == 1) {
        return ColumnScan.satisfying(columns.column(fields.getFirst()), test, within);
      }
      RowSet found = RowSet.none(within.size());
      RowSet left = within.copy();
      for (SpanField field : fields) {
        SpanColumn column = left.isEmpty() ? SpanColumn.ABSENT : columns.column(field);
        if (column != SpanColumn.ABSENT) {
          found.or(ColumnScan.satisfying(column, test, left));
          left.andNot(ColumnScan.present(column, left));
        }
      }
      return found;
    }
  }

  /** A reference that is true: a boolean, not a list of them. */
  private static final class Truth implements RowTest {
    private static final ValueTest TRUE = ValueTest.of(SpanCondition.Op.EQUAL, SpanValue.of(true));

    private final RowTest some;
    private final RowTest exactly;

    Truth(FieldExpr.Field field) {
      some = new Comparison(field.reference().fields(), TRUE);
      exactly = new EachRow(field);
    }

    @Override
    public RowSet rows(Columns columns, RowSet within) {
      RowSet candidates = some.rows(columns, within);
      return candidates.isEmpty() ? candidates : exactly.rows(columns, candidates);
    }
  }

  /** Whether some field has a value; or none, but of events and links whether one lacks it. */
  private record Presence(boolean present, List<SpanField> fields) implements RowTest {
    @Override
    public RowSet rows(Columns columns, RowSet within) {
      if (!present && fields.size() == 1 && fields.getFirst().isList()) {
        return lacking(columns.column(fields.getFirst()), within);
      }
      RowSet found = RowSet.none(within.size());
      RowSet left = within.copy();
      for (SpanField field : fields) {
        if (!left.isEmpty()) {
          RowSet more = ColumnScan.present(columns.column(field), left);
          found.or(more);
          left.andNot(more);
        }
      }
      return present ? found : left;
    }

    private static RowSet lacking(SpanColumn column, RowSet within) {
      RowSet found = RowSet.none(within.size());
      if (column instanceof SpanColumn.Lists(int[] ends, SpanColumn values)) {
        int places = within.size() == 0 ? 0 : ends[within.size() - 1];
        RowSet has = ColumnScan.present(values, RowSet.all(places));
        for (int row = within.next(0); row >= 0; row = within.next(row + 1)) {
          int from = row == 0 ? 0 : ends[row - 1];
          if (has.count(from, ends[row]) < ends[row] - from) {
            found.add(row);
          }
        }
      }
      return found;
    }
  }

  private record EachRow(FieldExpr expr) implements RowTest {
    @Override
    public RowSet rows(Columns columns, RowSet within) {
      RowSet found = RowSet.none(within.size());
      if (!within.isEmpty()) {
        RowExpr bound = RowExpr.bind(expr, columns);
        int looked = 0;
        for (int row = within.next(0); row >= 0; row = within.next(row + 1)) {
          if (looked++ % ROWS == 0) {
            columns.checkpoint();
          }
          if (bound.isTrue(row)) {
            found.add(row);
          }
        }
      }
      return found;
    }
  }
}
