package dev.sextant.traceql.spanset;

import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.field.Operators;
import dev.sextant.traceql.field.RowExpr;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Computes an aggregate over rows, in any order. What is no number is passed over, and by {@code
 * min} and {@code max} NaN too.
 */
final class AggregateValue {
  private final Aggregate.Op op;

  /** The least or greatest so far. */
  private Value extreme = Value.NIL;

  private long count;

  /** The sum of whole numbers is both of these. */
  private BigInteger carried = BigInteger.ZERO;

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
    if (op == Aggregate.Op.MIN || op == Aggregate.Op.MAX) {
      if (!Double.isNaN(Operators.number(value))) {
        boolean replaces =
            count++ == 0
                || (op == Aggregate.Op.MIN ? isLess(value, extreme) : isLess(extreme, value));
        extreme = replaces ? value : extreme;
      }
      return;
    }
    switch (value) {
      case Value.Int(long n) -> {
        someInts = true;
        addWhole(n);
      }
      case Value.Duration(long nanos) -> {
        someDurations = true;
        addWhole(nanos);
      }
      case Value.Decimal(double n) -> {
        someDecimals = true;
        decimal += n;
        count++;
      }
      default -> {}
    }
  }

  private void addWhole(long n) {
    count++;
    long sum = whole + n;
    if (((whole ^ sum) & (n ^ sum)) < 0) {
      carried = carried.add(BigInteger.valueOf(whole));
      sum = n;
    }
    whole = sum;
  }

  private static boolean isLess(Value a, Value b) {
    return Operators.holds(FieldOp.LESS, a, b);
  }

  /** Of several types a float, durations counted in nanoseconds, and so what no long holds. */
  private Value result() {
    BigInteger exact = carried.add(BigInteger.valueOf(whole));
    double sum = exact.doubleValue() + decimal;
    boolean fits = exact.bitLength() < Long.SIZE;
    return switch (op) {
      case MIN, MAX -> extreme;
      case SUM ->
          someDecimals || (someInts && someDurations) || !fits
              ? new Value.Decimal(sum)
              : someDurations
                  ? new Value.Duration(exact.longValueExact())
                  : new Value.Int(exact.longValueExact());
      case AVG ->
          someDurations && !someInts && !someDecimals
              ? new Value.Duration(exact.divide(BigInteger.valueOf(count)).longValueExact())
              : new Value.Decimal(sum / count);
    };
  }
}
