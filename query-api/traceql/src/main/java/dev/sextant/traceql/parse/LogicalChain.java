package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldExpr.Literal;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.ast.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Operands of one of {@code &&} and {@code ||} while they are read, from left to right. */
final class LogicalChain {
  private final LogicalOp op;
  private final FieldChecks checks;
  private final List<FieldExpr> operands = new ArrayList<>();
  private Place place;

  LogicalChain(LogicalOp op, FieldExpr first, FieldChecks checks) {
    this.op = op;
    this.checks = checks;
    this.place = first.place();
    if (first instanceof FieldExpr.Logical chain && chain.op() == op) {
      operands.addAll(chain.operands());
    } else {
      operands.add(first);
    }
  }

  /** Constants that follow each other from the beginning become one. */
  void add(FieldExpr right) {
    FieldExpr first = operands.getFirst();
    ValueType left = operands.size() == 1 ? first.type() : ValueType.BOOL;
    place = place.to(right.place());
    operands.add(right);
    boolean fits = checks.conditions(left, right.type(), place, this::expression);
    if (fits && operands.size() == 2 && first instanceof Literal a && right instanceof Literal b) {
      operands.clear();
      operands.add(new Literal(joined(a.value(), b.value()), place));
    }
  }

  private Static joined(Static a, Static b) {
    boolean one = a.equals(Static.TRUE);
    boolean other = b.equals(Static.TRUE);
    return new Static.Bool(op == LogicalOp.AND ? one && other : one || other);
  }

  /** What was read so far. */
  FieldExpr expression() {
    return operands.size() == 1 ? operands.getFirst() : new FieldExpr.Logical(op, operands, place);
  }
}
