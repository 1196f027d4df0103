package dev.sextant.traceql.spanset;

import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.field.Operators;
import dev.sextant.traceql.field.RowExpr;
import org.jspecify.annotations.Nullable;

/** Computes an aggregate over rows. What is no number is passed over. */
final class AggregateValue {
  private final Aggregate.Op op;

  /** The least or greatest so far. */
  private Value extreme = Value.NIL;

  private long count;
  private long whole;
  private double decimal;
  private boolean someInts;
  private boolean someDurations;
  private boolean someDecimals;

  private AggregateValue(Aggregate.Op op) {
    this.op = op;
  }

  /** Null where no row has a number. */
  static @Nullable Value of(Aggregate.Op op, RowExpr operand, int[] rows) {
    AggregateValue aggregate = new AggregateValue(op);
    for (int row : rows) {
      aggregate.add(operand.value(row));
    }
    return aggregate.count == 0 ? null : aggregate.result();
  }

  private void add(Value value) {
    switch (value) {
      case Value.Int(long n) -> {
        someInts = true;
        whole += n;
        decimal += n;
      }
      case Value.Duration(long nanos) -> {
        someDurations = true;
        whole += nanos;
        decimal += nanos;
      }
      case Value.Decimal(double n) -> {
        someDecimals = true;
        decimal += n;
      }
      default -> {
        return;
      }
    }
    count++;
    boolean replaces =
        count == 1 || (op == Aggregate.Op.MIN ? isLess(value, extreme) : isLess(extreme, value));
    extreme = replaces ? value : extreme;
  }

  private static boolean isLess(Value a, Value b) {
    return Operators.holds(FieldOp.LESS, a, b);
  }

  /** Of several types a float, durations counted in nanoseconds. */
  private Value result() {
    return switch (op) {
      case MIN, MAX -> extreme;
      case SUM ->
          someDecimals || (someInts && someDurations)
              ? new Value.Decimal(decimal)
              : someDurations ? new Value.Duration(whole) : new Value.Int(whole);
      case AVG ->
          someDurations && !someInts && !someDecimals
              ? new Value.Duration((long) (decimal / count))
              : new Value.Decimal(decimal / count);
    };
  }
}
