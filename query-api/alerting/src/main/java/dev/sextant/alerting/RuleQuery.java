package dev.sextant.alerting;

import dev.sextant.metrics.model.Labels;
import java.util.List;

/** What evaluates expressions for rules. Thread-safe. */
public interface RuleQuery {
  /** One element of an instant vector; a scalar has no labels. */
  record Sample(Labels labels, double value) {}

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
