package dev.sextant.promql.function;

import dev.sextant.promql.histogram.NativeQuantile;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions of one float, by name. */
public final class ValueFunctions {

  private static final Map<String, DoubleUnaryOperator> ALL =
      Map.ofEntries(
          Map.entry("abs", Math::abs),
          Map.entry("ceil", Math::ceil),
          Map.entry("floor", Math::floor),
          Map.entry("exp", Math::exp),
          Map.entry("sqrt", Math::sqrt),
          Map.entry("ln", Math::log),
          Map.entry("log2", NativeQuantile::log2),
          Map.entry("log10", Math::log10),
          Map.entry("sgn", Math::signum),
          Map.entry("sin", Math::sin),
          Map.entry("cos", Math::cos),
          Map.entry("tan", Math::tan),
          Map.entry("asin", Math::asin),
          Map.entry("acos", Math::acos),
          Map.entry("atan", Math::atan),
          Map.entry("sinh", Math::sinh),
          Map.entry("cosh", Math::cosh),
          Map.entry("tanh", Math::tanh),
          Map.entry("asinh", Hyperbolic::asinh),
          Map.entry("acosh", Hyperbolic::acosh),
          Map.entry("atanh", Hyperbolic::atanh),
          Map.entry("deg", x -> x * 180 / Math.PI),
          Map.entry("rad", x -> x * Math.PI / 180));

  private ValueFunctions() {}

  /** The function of a name, null where there is none. */
  public static @Nullable DoubleUnaryOperator find(String name) {
    return ALL.get(name);
  }

  /** To the nearest multiple, halves up. */
  public static double round(double x, double nearest) {
    double inverse = 1 / nearest;
    return Math.floor(x * inverse + 0.5) / inverse;
  }

  /** Bounded on both sides; NaN where a bound is. */
  public static double clamp(double x, double low, double high) {
    if (Double.isNaN(low) || Double.isNaN(high)) {
      return Double.NaN;
    }
    return Math.max(low, Math.min(high, x));
  }
}
