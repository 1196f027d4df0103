package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.SpanColumn;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.ValueType;
import dev.sextant.traceql.field.Columns;
import dev.sextant.traceql.field.Operators;
import dev.sextant.traceql.field.ReferenceValues;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of spans, a number each or none. Bound to one batch after the other; for one
 * thread.
 */
final class Measure {
  static final int NO_POWER = -1;
  private static final double SECOND = 1e9;

  private final Reference of;
  private final double unit;
  private SpanColumn column = SpanColumn.ABSENT;
  private ReferenceValues values;

  Measure(Reference of) {
    this.of = of;
    this.unit = of == Intrinsic.DURATION ? SECOND : 1;
    this.values = new ReferenceValues(of, field -> SpanColumn.ABSENT);
  }

  void bind(Columns columns) {
    values = new ReferenceValues(of, columns);
    column = of.fields().size() == 1 ? columns.column(of.fields().getFirst()) : SpanColumn.ABSENT;
  }

  /** The number, a span's duration in seconds, other durations in nanoseconds; NaN for none. */
  double number(int row) {
    return switch (column) {
      case SpanColumn.Longs(long[] numbers, long @Nullable [] present) when has(present, row) ->
          numbers[row] / unit;
      case SpanColumn.Doubles(double[] numbers, long @Nullable [] present) when has(present, row) ->
          numbers[row];
      case SpanColumn.Longs longs -> Double.NaN;
      case SpanColumn.Doubles doubles -> Double.NaN;
      default -> number(values.first(row));
    };
  }

  private double number(Value value) {
    return Operators.number(value) / unit;
  }

  private static boolean has(long @Nullable [] present, int row) {
    return present == null || (present[row >>> 6] & 1L << row) != 0;
  }

  /**
   * The least power of two that is not below the number, durations counted in nanoseconds; {@link
   * #NO_POWER} for what is no whole number or below 2.
   */
  int power(int row) {
    long number =
        switch (column) {
          case SpanColumn.Longs(long[] numbers, long @Nullable [] present) ->
              has(present, row) ? numbers[row] : 0;
          case SpanColumn.Doubles doubles -> 0;
          default ->
              switch (values.first(row)) {
                case Value.Int(long n) -> n;
                case Value.Duration(long nanos) -> nanos;
                default -> 0;
              };
        };
    return number < 2 ? NO_POWER : Long.SIZE - Long.numberOfLeadingZeros(number - 1);
  }

  /** A power of two as answers write it: of durations in seconds. */
  double top(int power) {
    double top = Math.scalb(1.0, power);
    return of.type() == ValueType.DURATION ? top / SECOND : top;
  }

  /** The number as exemplars write it: durations in seconds. */
  double exemplar(int row) {
    double number = Operators.number(values.first(row));
    return of.type() == ValueType.DURATION ? number / SECOND : number;
  }
}
