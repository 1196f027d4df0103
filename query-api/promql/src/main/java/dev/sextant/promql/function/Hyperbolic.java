package dev.sextant.promql.function;

/** The inverse hyperbolic functions, exact near 0 and without overflow for great values. */
final class Hyperbolic {
  /** From here on a square plus one is the square. */
  private static final double LARGE = 1 << 28;

  private static final double LN2 = Math.log(2);

  private Hyperbolic() {}

  static double asinh(double x) {
    double a = Math.abs(x);
    double result =
        a > LARGE ? Math.log(a) + LN2 : Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
    return Math.copySign(result, x);
  }

  /** NaN below 1. */
  static double acosh(double x) {
    if (x > LARGE) {
      return Math.log(x) + LN2;
    }
    double above = x - 1;
    return Math.log1p(above + Math.sqrt(2 * above + above * above));
  }

  /** NaN outside of −1 to 1, infinite at these. */
  static double atanh(double x) {
    return 0.5 * Math.log1p(2 * x / (1 - x));
  }
}
