package dev.sextant.alerting.unittest;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SeriesSource;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PromQL as unit tests need it: whoever runs them brings the engine. Every method throws {@link
 * IllegalArgumentException} saying what is wrong with a text.
 */
public interface TestLanguage {
  /** A sample's value: a number where there is no histogram. */
  record Value(double number, @Nullable NativeHistogram histogram) {}

  /**
   * A series and its values, one a step.
   *
   * @param values null for gaps
   */
  record Input(Labels labels, List<@Nullable Value> values) {}

  /** One element of a result. */
  record Element(Labels labels, Value value) {}

  /** Reads an input series, such as {@code up{job="x"}} and {@code 0+1x5 _ stale}. */
  Input series(String series, String values);

  /** Reads a series' labels; none from an empty text. */
  Labels labels(String series);

  /** Reads a histogram such as <code>{{schema:0 count:2 buckets:[1 1]}}</code>. */
  NativeHistogram histogram(String text);

  /** Whether two histograms are the same. */
  boolean same(NativeHistogram expected, NativeHistogram got);

  /** A value as failures show it. */
  String text(Value value);

  void check(String expression);

  /**
   * Evaluates an expression to a vector; a scalar becomes one element without labels.
   *
   * @param subqueryStep of subqueries that name none
   * @throws RuntimeException whose message says why it cannot be evaluated
   */
  List<Element> query(
      SeriesSource source, String expression, long timeMillis, Duration subqueryStep);
}
