package dev.sextant.alerting;

import dev.sextant.alerting.rule.Rule;
import dev.sextant.metrics.model.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The alerts of one alerting rule: inactive → pending → firing → resolved, as Prometheus moves
 * them. A resolved alert is kept for 15 minutes so that its resolution can be delivered. For one
 * thread.
 */
final class AlertState {
  private static final long KEEP_RESOLVED_MILLIS = 15 * 60_000;

  private final Rule.Alerting rule;
  private final TemplateData templates;
  private final Map<Labels, Alert> alerts = new TreeMap<>();

  AlertState(Rule.Alerting rule, TemplateData templates) {
    this.rule = rule;
    this.templates = templates;
  }

  /** Takes back what an earlier process knew. */
  void restore(Collection<Alert> known) {
    known.forEach(alert -> alerts.put(alert.labels(), alert));
  }

  /** By labels; pending, firing and lately resolved ones. */
  List<Alert> alerts() {
    return List.copyOf(alerts.values());
  }

  /**
   * Moves every alert on.
   *
   * @return those whose state changed to firing or resolved
   * @throws IllegalArgumentException where two series give the same labels
   */
  List<Alert> evaluate(long now, List<RuleQuery.Sample> samples) {
    Map<Labels, RuleQuery.Sample> returned = new HashMap<>();
    for (RuleQuery.Sample sample : samples) {
      if (returned.put(labels(sample), sample) != null) {
        throw new IllegalArgumentException(
            "vector contains metrics with the same labelset after applying alert labels");
      }
    }
    List<Alert> changed = new ArrayList<>();
    returned.forEach((labels, sample) -> seen(now, labels, sample, changed));
    for (Alert alert : alerts()) {
      if (!returned.containsKey(alert.labels())) {
        gone(now, alert, changed);
      }
    }
    return changed;
  }

  private Labels labels(RuleQuery.Sample sample) {
    TreeMap<String, String> labels = sample.labels().without(Labels.NAME).toMap();
    Template.Context context = new Template.Context(sample.labels(), sample.value(), templates);
    rule.labels().forEach((name, template) -> labels.put(name, Template.expand(template, context)));
    labels.put("alertname", rule.name());
    return Labels.of(labels);
  }

  private void seen(long now, Labels labels, RuleQuery.Sample sample, List<Alert> changed) {
    Alert known = alerts.get(labels);
    Alert before = known == null || known.state() == Alert.State.RESOLVED ? null : known;
    long activeAt = before == null ? now : before.activeAtMillis();
    boolean wasFiring = before != null && before.state() == Alert.State.FIRING;
    boolean firing = wasFiring || now - activeAt >= rule.holdFor().toMillis();
    long firedAt = before != null && wasFiring ? before.firedAtMillis() : firing ? now : 0;
    Map<String, String> annotations = new HashMap<>();
    Template.Context context = new Template.Context(sample.labels(), sample.value(), templates);
    rule.annotations()
        .forEach((name, text) -> annotations.put(name, Template.expand(text, context)));
    Alert.State state = firing ? Alert.State.FIRING : Alert.State.PENDING;
    Alert alert = new Alert(state, labels, annotations, sample.value(), activeAt, firedAt, 0, now);
    alerts.put(labels, alert);
    if (firing && !wasFiring) {
      changed.add(alert);
    }
  }

  private void gone(long now, Alert alert, List<Alert> changed) {
    switch (alert.state()) {
      case PENDING -> alerts.remove(alert.labels());
      case FIRING -> {
        if (now - alert.lastSeenMillis() >= rule.keepFiringFor().toMillis()) {
          Alert resolved =
              new Alert(
                  Alert.State.RESOLVED,
                  alert.labels(),
                  alert.annotations(),
                  alert.value(),
                  alert.activeAtMillis(),
                  alert.firedAtMillis(),
                  now,
                  alert.lastSeenMillis());
          alerts.put(alert.labels(), resolved);
          changed.add(resolved);
        }
      }
      case RESOLVED -> {
        if (now - alert.resolvedAtMillis() >= KEEP_RESOLVED_MILLIS) {
          alerts.remove(alert.labels());
        }
      }
    }
  }
}
