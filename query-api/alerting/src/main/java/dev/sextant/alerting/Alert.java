package dev.sextant.alerting;

import dev.sextant.metrics.model.Labels;
import java.util.Map;

/**
 * One alert of a rule, for one label set, at the last evaluation.
 *
 * @param labels with the rule's own and {@code alertname}
 * @param activeAtMillis when the expression first returned it
 * @param firedAtMillis when it began to fire; 0 while pending
 * @param resolvedAtMillis when it was resolved; 0 while active
 * @param lastSeenMillis when the expression last returned it
 */
public record Alert(
    State state,
    Labels labels,
    Map<String, String> annotations,
    double value,
    long activeAtMillis,
    long firedAtMillis,
    long resolvedAtMillis,
    long lastSeenMillis) {

  public enum State {
    PENDING,
    FIRING,
    RESOLVED
  }

  public Alert {
    annotations = Map.copyOf(annotations);
  }
}
