package dev.sextant.promql.function;

import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.step.StepException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The functions that take a range, by name. */
public final class RangeFunctions {
  private static final Map<String, Function<Boolean, RangeFunction>> ALL =
      Map.ofEntries(
          Map.entry("rate", st -> new RateFunction(true, true, st)),
          Map.entry("increase", st -> new RateFunction(true, false, st)),
          Map.entry("delta", st -> new RateFunction(false, false, st)),
          Map.entry("irate", st -> new InstantDelta(true, st)),
          Map.entry("idelta", st -> new InstantDelta(false, st)),
          Map.entry("changes", st -> new Transitions(false, st)),
          Map.entry("resets", st -> new Transitions(true, st)),
          Map.entry("deriv", st -> new Regression(false)),
          Map.entry("predict_linear", st -> new Regression(true)),
          Map.entry("double_exponential_smoothing", st -> new Smoothing()),
          Map.entry("sum_over_time", st -> new Totals(false)),
          Map.entry("avg_over_time", st -> new Totals(true)),
          Map.entry("min_over_time", st -> new ExtremeOverTime(false, false)),
          Map.entry("max_over_time", st -> new ExtremeOverTime(true, false)),
          Map.entry("ts_of_min_over_time", st -> new ExtremeOverTime(false, true)),
          Map.entry("ts_of_max_over_time", st -> new ExtremeOverTime(true, true)),
          Map.entry("stdvar_over_time", st -> new FloatsOverTime(new Deviation(false))),
          Map.entry("stddev_over_time", st -> new FloatsOverTime(new Deviation(true))),
          Map.entry("quantile_over_time", st -> new FloatsOverTime(new QuantileOverTime())),
          Map.entry("mad_over_time", st -> new FloatsOverTime(new MedianDeviation())),
          Map.entry("count_over_time", st -> new Occurrences(Occurrences.Kind.COUNT)),
          Map.entry("present_over_time", st -> new Occurrences(Occurrences.Kind.PRESENT)),
          Map.entry("first_over_time", st -> new Occurrences(Occurrences.Kind.FIRST)),
          Map.entry("last_over_time", st -> new Occurrences(Occurrences.Kind.LAST)),
          Map.entry("ts_of_first_over_time", st -> new Occurrences(Occurrences.Kind.TIME_OF_FIRST)),
          Map.entry("ts_of_last_over_time", st -> new Occurrences(Occurrences.Kind.TIME_OF_LAST)));

  private RangeFunctions() {}

  /** A fresh instance, null where there is none of the name. */
  public static @Nullable RangeFunction create(String name, boolean startTimestamps) {
    Function<Boolean, RangeFunction> factory = ALL.get(name);
    return factory == null ? null : factory.apply(startTimestamps);
  }

  /** Of the smoothed instant selector, which is a function of a window around its time. */
  public static final String SMOOTHED_VALUE = "";

  /**
   * A fresh instance that reads a window with extended bounds.
   *
   * @throws StepException naming the functions that the modifier may be used with
   */
  public static RangeFunction createExtended(String name, Modifiers.Bounds bounds) {
    boolean smoothed = bounds == Modifiers.Bounds.SMOOTHED;
    return switch (name) {
      case SMOOTHED_VALUE -> new SmoothedValue();
      case "rate" -> new ExtendedRate(true, true, smoothed);
      case "increase" -> new ExtendedRate(true, false, smoothed);
      case "delta" -> new ExtendedRate(false, false, smoothed);
      case "changes", "resets" -> {
        if (smoothed) {
          throw notWith(name, bounds);
        }
        yield new AnchoredTransitions(new Transitions(name.equals("resets"), false));
      }
      default -> throw notWith(name, bounds);
    };
  }

  /** The error of a function that a modifier may not be used with. */
  public static StepException notWith(String name, Modifiers.Bounds bounds) {
    String allowed =
        bounds == Modifiers.Bounds.SMOOTHED
            ? "delta, increase, rate"
            : "changes, delta, increase, rate, resets";
    return new StepException(
        bounds.keyword() + " modifier can only be used with: " + allowed + " - not with " + name);
  }
}
