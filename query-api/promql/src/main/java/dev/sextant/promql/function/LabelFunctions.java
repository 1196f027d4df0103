package dev.sextant.promql.function;

import dev.sextant.metrics.model.LabelRegex;
import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.parse.Names;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepException;
import dev.sextant.promql.step.StepSeries;
import java.util.List;
import java.util.function.UnaryOperator;

/** {@code label_replace} and {@code label_join}. */
public final class LabelFunctions {
  private LabelFunctions() {}

  /**
   * Writes a label from the groups of a regular expression that matches another; series that do not
   * match stay.
   *
   * @throws StepException where the expression or the label's name is wrong
   */
  public static UnaryOperator<Labels> replace(
      String target, String template, String source, String regex) {
    LabelRegex pattern;
    try {
      pattern = LabelRegex.compile(regex);
    } catch (IllegalArgumentException e) {
      throw new StepException("invalid regular expression in label_replace(): " + regex);
    }
    requireName("destination", target, "label_replace");
    return labels -> {
      String value = pattern.expand(labels.get(source), template);
      return value == null ? labels : labels.with(target, value);
    };
  }

  /**
   * Writes a label from the values of others.
   *
   * @throws StepException where a label's name is wrong
   */
  public static UnaryOperator<Labels> join(String target, String separator, List<String> sources) {
    for (String source : sources) {
      requireName("source", source, "label_join");
    }
    requireName("destination", target, "label_join");
    return labels ->
        labels.with(target, String.join(separator, sources.stream().map(labels::get).toList()));
  }

  private static void requireName(String role, String name, String function) {
    if (!Names.isValid(name)) {
      throw new StepException("invalid " + role + " label name in " + function + "(): " + name);
    }
  }

  /** Series under new labels; one whose metric name is written keeps it. */
  public static SeriesStream relabel(
      SeriesStream in, UnaryOperator<Labels> change, boolean writesName) {
    return () -> {
      StepSeries series = in.next();
      return series == null
          ? null
          : series.with(change.apply(series.labels()), series.isNameDropped() && !writesName);
    };
  }
}
