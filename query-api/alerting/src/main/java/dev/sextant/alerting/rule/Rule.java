package dev.sextant.alerting.rule;

import java.time.Duration;
import java.util.Map;

/** One rule of a group. */
public sealed interface Rule {
  /** The alert's name or the recorded series' name. */
  String name();

  /** The PromQL expression as written. */
  String expression();

  Map<String, String> labels();

  /**
   * Raises an alert for each series that the expression returns.
   *
   * @param holdFor how long a series must be returned before its alert fires
   * @param keepFiringFor how long an alert goes on firing after its series is gone
   * @param annotations templates, expanded at each evaluation
   */
  record Alerting(
      String name,
      String expression,
      Duration holdFor,
      Duration keepFiringFor,
      Map<String, String> labels,
      Map<String, String> annotations)
      implements Rule {
    public Alerting {
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
    }
  }

  /** Writes what the expression returns as a series of its own. */
  record Recording(String name, String expression, Map<String, String> labels) implements Rule {
    public Recording {
      labels = Map.copyOf(labels);
    }
  }
}
