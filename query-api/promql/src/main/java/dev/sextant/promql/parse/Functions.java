package dev.sextant.promql.parse;

import static dev.sextant.promql.ast.ValueType.MATRIX;
import static dev.sextant.promql.ast.ValueType.SCALAR;
import static dev.sextant.promql.ast.ValueType.STRING;
import static dev.sextant.promql.ast.ValueType.VECTOR;

import dev.sextant.promql.ast.FunctionSignature;
import dev.sextant.promql.ast.ValueType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The signatures of every function of the language. */
public final class Functions {
  private static final Map<String, FunctionSignature> ALL = new TreeMap<>();

  static {
    for (String name :
        List.of(
            "abs",
            "acos",
            "acosh",
            "asin",
            "asinh",
            "atan",
            "atanh",
            "ceil",
            "cos",
            "cosh",
            "deg",
            "exp",
            "floor",
            "histogram_avg",
            "histogram_count",
            "histogram_stddev",
            "histogram_stdvar",
            "histogram_sum",
            "ln",
            "log10",
            "log2",
            "rad",
            "sgn",
            "sin",
            "sinh",
            "sort",
            "sort_desc",
            "sqrt",
            "tan",
            "tanh",
            "timestamp",
            "absent")) {
      add(name, VECTOR, 0, VECTOR);
    }
    for (String name :
        List.of(
            "absent_over_time",
            "avg_over_time",
            "changes",
            "count_over_time",
            "delta",
            "deriv",
            "first_over_time",
            "idelta",
            "increase",
            "irate",
            "last_over_time",
            "max_over_time",
            "min_over_time",
            "present_over_time",
            "rate",
            "resets",
            "stddev_over_time",
            "stdvar_over_time",
            "sum_over_time")) {
      add(name, VECTOR, 0, MATRIX);
    }
    for (String name :
        List.of(
            "mad_over_time",
            "ts_of_first_over_time",
            "ts_of_last_over_time",
            "ts_of_max_over_time",
            "ts_of_min_over_time")) {
      experimental(name, VECTOR, 0, MATRIX);
    }
    for (String name :
        List.of(
            "day_of_month",
            "day_of_week",
            "day_of_year",
            "days_in_month",
            "hour",
            "minute",
            "month",
            "year")) {
      add(name, VECTOR, 1, VECTOR);
    }
    add("clamp", VECTOR, 0, VECTOR, SCALAR, SCALAR);
    add("clamp_max", VECTOR, 0, VECTOR, SCALAR);
    add("clamp_min", VECTOR, 0, VECTOR, SCALAR);
    add("histogram_fraction", VECTOR, 0, SCALAR, SCALAR, VECTOR);
    add("histogram_quantile", VECTOR, 0, SCALAR, VECTOR);
    add("label_join", VECTOR, -1, VECTOR, STRING, STRING, STRING);
    add("label_replace", VECTOR, 0, VECTOR, STRING, STRING, STRING, STRING);
    add("pi", SCALAR, 0);
    add("predict_linear", VECTOR, 0, MATRIX, SCALAR);
    add("quantile_over_time", VECTOR, 0, SCALAR, MATRIX);
    add("round", VECTOR, 1, VECTOR, SCALAR);
    add("scalar", SCALAR, 0, VECTOR);
    add("time", SCALAR, 0);
    add("vector", VECTOR, 0, SCALAR);
    experimental("double_exponential_smoothing", VECTOR, 0, MATRIX, SCALAR, SCALAR);
    experimental("end", SCALAR, 0);
    experimental("histogram_quantiles", VECTOR, 9, VECTOR, STRING, SCALAR, SCALAR);
    experimental("info", VECTOR, 1, VECTOR, VECTOR);
    experimental("max_of", SCALAR, 0, SCALAR, SCALAR);
    experimental("min_of", SCALAR, 0, SCALAR, SCALAR);
    experimental("range", SCALAR, 0);
    experimental("sort_by_label", VECTOR, -1, VECTOR, STRING);
    experimental("sort_by_label_desc", VECTOR, -1, VECTOR, STRING);
    experimental("start", SCALAR, 0);
    experimental("start_timestamp", VECTOR, 0, VECTOR);
    experimental("step", SCALAR, 0);
  }

  private Functions() {}

  /** The function of a name, case-sensitive; null where there is none. */
  public static @Nullable FunctionSignature find(String name) {
    return ALL.get(name);
  }

  /** All of them, by name. */
  public static List<FunctionSignature> all() {
    return List.copyOf(ALL.values());
  }

  private static void add(String name, ValueType returns, int variadic, ValueType... args) {
    ALL.put(name, new FunctionSignature(name, List.of(args), variadic, returns, false));
  }

  private static void experimental(
      String name, ValueType returns, int variadic, ValueType... args) {
    ALL.put(name, new FunctionSignature(name, List.of(args), variadic, returns, true));
  }
}
