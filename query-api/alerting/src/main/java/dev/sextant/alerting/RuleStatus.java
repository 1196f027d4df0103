package dev.sextant.alerting;

import dev.sextant.alerting.rule.Rule;
import java.util.List;

/**
 * What is known of a rule after its last evaluation.
 *
 * @param health {@code unknown} before the first evaluation
 * @param lastError empty where healthy
 * @param lastEvaluationMillis since the epoch; 0 before the first
 * @param evaluationNanos how long the last evaluation took
 * @param alerts of an alerting rule, by labels
 */
public record RuleStatus(
    Rule rule,
    Health health,
    String lastError,
    long lastEvaluationMillis,
    long evaluationNanos,
    List<Alert> alerts) {

  public enum Health {
    UNKNOWN,
    OK,
    ERR
  }

  public RuleStatus {
    alerts = List.copyOf(alerts);
  }

  /** The most advanced state among the rule's active alerts; null where none is active. */
  public Alert.@org.jspecify.annotations.Nullable State state() {
    Alert.State most = null;
    for (Alert alert : alerts) {
      if (alert.state() == Alert.State.FIRING) {
        return Alert.State.FIRING;
      }
      if (alert.state() == Alert.State.PENDING) {
        most = Alert.State.PENDING;
      }
    }
    return most;
  }
}
