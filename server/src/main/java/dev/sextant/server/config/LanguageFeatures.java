package dev.sextant.server.config;

import dev.sextant.promql.PromOptions;
import dev.sextant.promql.parse.Syntax;
import java.util.Collection;
import java.util.List;

/**
 * Parts of PromQL beyond the stable language, under the names of Prometheus' {@code
 * --enable-feature}.
 */
public final class LanguageFeatures {
  private static final String FUNCTIONS = "promql-experimental-functions";
  private static final String DURATIONS = "promql-duration-expr";
  private static final String RANGES = "promql-extended-range-selectors";
  private static final String FILL = "promql-binop-fill-modifiers";
  private static final String NAMES = "promql-delayed-name-removal";
  private static final String STARTS = "use-start-timestamps";

  private static final String TYPES = "type-and-unit-labels";

  /** Every name there is. */
  public static final List<String> ALL =
      List.of(FUNCTIONS, DURATIONS, RANGES, FILL, NAMES, STARTS, TYPES);

  private LanguageFeatures() {}

  /**
   * @throws IllegalArgumentException naming the first that is none
   */
  static void check(Collection<String> features) {
    for (String feature : features) {
      if (!ALL.contains(feature)) {
        throw new IllegalArgumentException(
            "'" + feature + "' is no feature of PromQL; there are " + String.join(", ", ALL));
      }
    }
  }

  /**
   * How an engine understands queries with these on.
   *
   * @throws IllegalArgumentException naming the first that is none
   */
  public static PromOptions options(Collection<String> features) {
    check(features);
    PromOptions stable = PromOptions.DEFAULT;
    Syntax syntax =
        new Syntax(
            features.contains(FUNCTIONS),
            features.contains(DURATIONS),
            features.contains(RANGES),
            features.contains(FILL));
    return new PromOptions(
        syntax,
        stable.lookback(),
        stable.subqueryStep(),
        features.contains(NAMES),
        features.contains(STARTS),
        features.contains(TYPES));
  }
}
