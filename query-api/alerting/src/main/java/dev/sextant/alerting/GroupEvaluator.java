package dev.sextant.alerting;

import dev.sextant.alerting.rule.Rule;
import dev.sextant.alerting.rule.RuleGroup;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates one group's rules, one after another. Evaluations come one at a time; {@link #status()}
 * may be read any time.
 */
public final class GroupEvaluator {
  private static final double STALE = Double.longBitsToDouble(NativeHistogram.STALE_BITS);

  private final RuleGroup group;
  private final RuleQuery query;
  private final SeriesWriter writer;
  private final Map<Rule.Alerting, AlertState> states = new HashMap<>();
  private final Map<Rule, Set<Labels>> written = new HashMap<>();
  private volatile List<RuleStatus> status;

  GroupEvaluator(RuleGroup group, RuleQuery query, SeriesWriter writer) {
    this(group, query, writer, TemplateData.NONE);
  }

  public GroupEvaluator(
      RuleGroup group, RuleQuery query, SeriesWriter writer, TemplateData templates) {
    this.group = group;
    this.query = query;
    this.writer = writer;
    List<RuleStatus> initial = new ArrayList<>();
    for (Rule rule : group.rules()) {
      if (rule instanceof Rule.Alerting alerting) {
        states.put(alerting, new AlertState(alerting, templates));
      }
      initial.add(new RuleStatus(rule, RuleStatus.Health.UNKNOWN, "", 0, 0, List.of()));
    }
    this.status = List.copyOf(initial);
  }

  RuleGroup group() {
    return group;
  }

  public GroupStatus status() {
    return new GroupStatus(group, status);
  }

  /** Takes back alerts that an earlier process kept for a rule of this group. */
  void restore(String ruleName, List<Alert> alerts) {
    states.forEach(
        (rule, state) -> {
          if (rule.name().equals(ruleName)) {
            state.restore(alerts);
          }
        });
    status =
        status.stream()
            .map(
                each ->
                    each.rule() instanceof Rule.Alerting rule
                        ? withAlerts(each, state(rule).alerts())
                        : each)
            .toList();
  }

  private static RuleStatus withAlerts(RuleStatus status, List<Alert> alerts) {
    return new RuleStatus(
        status.rule(),
        status.health(),
        status.lastError(),
        status.lastEvaluationMillis(),
        status.evaluationNanos(),
        alerts);
  }

  /**
   * Evaluates every rule at an instant.
   *
   * @return alerts that began to fire or were resolved
   */
  public List<Alert> evaluate(long now) {
    List<Alert> changed = new ArrayList<>();
    List<RuleStatus> next = new ArrayList<>();
    for (Rule rule : group.rules()) {
      next.add(evaluate(rule, now, changed));
    }
    status = List.copyOf(next);
    return changed;
  }

  private RuleStatus evaluate(Rule rule, long now, List<Alert> changed) {
    long started = System.nanoTime();
    try {
      List<RuleQuery.Sample> samples = query.query(rule.expression(), now);
      if (group.limit() > 0 && samples.size() > group.limit()) {
        throw new IllegalArgumentException(
            "exceeded limit of "
                + group.limit()
                + " with "
                + samples.size()
                + " series; raise the group's limit");
      }
      switch (rule) {
        case Rule.Alerting alerting -> alert(alerting, now, samples, changed);
        case Rule.Recording recording -> record(recording, now, samples);
      }
      return status(rule, RuleStatus.Health.OK, "", now, started);
    } catch (RuntimeException e) {
      return status(rule, RuleStatus.Health.ERR, String.valueOf(e.getMessage()), now, started);
    }
  }

  private RuleStatus status(
      Rule rule, RuleStatus.Health health, String error, long now, long started) {
    List<Alert> alerts =
        rule instanceof Rule.Alerting alerting ? state(alerting).alerts() : List.of();
    return new RuleStatus(rule, health, error, now, System.nanoTime() - started, alerts);
  }

  private AlertState state(Rule.Alerting rule) {
    return java.util.Objects.requireNonNull(states.get(rule));
  }

  private void alert(
      Rule.Alerting rule, long now, List<RuleQuery.Sample> samples, List<Alert> changed) {
    changed.addAll(state(rule).evaluate(now, samples));
    Map<Labels, RuleQuery.Sample> series = new HashMap<>();
    for (Alert alert : state(rule).alerts()) {
      if (alert.state() != Alert.State.RESOLVED) {
        String state = alert.state() == Alert.State.FIRING ? "firing" : "pending";
        Labels labels = alert.labels().with(Labels.NAME, "ALERTS").with("alertstate", state);
        series.put(labels, new RuleQuery.Sample(labels, 1));
      }
    }
    write(rule, now, series);
  }

  private void record(Rule.Recording rule, long now, List<RuleQuery.Sample> samples) {
    Map<Labels, RuleQuery.Sample> series = new HashMap<>();
    for (RuleQuery.Sample sample : samples) {
      Map<String, String> all = sample.labels().toMap();
      all.putAll(rule.labels());
      all.put(Labels.NAME, rule.name());
      Labels labels = Labels.of(all);
      RuleQuery.Sample recorded = new RuleQuery.Sample(labels, sample.value(), sample.histogram());
      if (series.put(labels, recorded) != null) {
        throw new IllegalArgumentException(
            "vector contains metrics with the same labelset after applying rule labels");
      }
    }
    write(rule, now, series);
  }

  /**
   * Writes what the rule gives now, and a stale marker for each series that it gave before and
   * gives no more.
   */
  private void write(Rule rule, long now, Map<Labels, RuleQuery.Sample> series) {
    Set<Labels> before = written.getOrDefault(rule, Set.of());
    written.put(rule, new HashSet<>(series.keySet()));
    for (Labels labels : before) {
      series.putIfAbsent(labels, new RuleQuery.Sample(labels, STALE));
    }
    if (!series.isEmpty()) {
      writer.write(now, series.values());
    }
  }
}
