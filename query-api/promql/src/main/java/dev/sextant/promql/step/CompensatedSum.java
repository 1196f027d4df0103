package dev.sextant.promql.step;

/** Neumaier's compensated summation, on values kept by the caller. */
public final class CompensatedSum {
  private CompensatedSum() {}

  /**
   * The new compensation after {@code value} was added to {@code sum}; 0 once the sum is infinite.
   */
  public static double compensation(double sum, double value, double compensation) {
    double total = sum + value;
    if (Double.isInfinite(total)) {
      return 0;
    }
    return compensation
        + (Math.abs(sum) >= Math.abs(value) ? (sum - total) + value : (value - total) + sum);
  }

  /**
   * What rounding takes off {@code a + b}, exactly, whichever is larger (Knuth's two-sum); NaN
   * where the sum is not finite.
   */
  public static double lost(double a, double b) {
    double total = a + b;
    double addend = total - a;
    return (a - (total - addend)) + (b - addend);
  }
}
