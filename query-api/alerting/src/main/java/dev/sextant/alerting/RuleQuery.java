package dev.sextant.alerting;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What evaluates expressions for rules. Thread-safe. */
public interface RuleQuery {
  /**
   * One element of an instant vector; a scalar has no labels.
   *
   * @param value 0 where there is a histogram
   */
  record Sample(Labels labels, double value, @Nullable NativeHistogram histogram) {
    /** A number. */
    public Sample(Labels labels, double value) {
      this(labels, value, null);
    }
  }

  /**
   * Evaluates an expression at an instant.
   *
   * @param timeMillis since the epoch
   * @throws RuntimeException whose message says why it cannot be evaluated
   */
  List<Sample> query(String expression, long timeMillis);

  /**
   * @throws IllegalArgumentException saying what is wrong with the expression
   */
  void check(String expression);
}
