package dev.sextant.alerting;

import dev.sextant.alerting.notify.Notifier;
import dev.sextant.alerting.rule.RuleGroup;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates every group when it is due, hands changed alerts to the notifier and keeps their state
 * over restarts. {@link #tick} is called by one thread; the status may be read by any.
 *
 * <p>A group is due at the multiples of its interval, shifted by a hash of its name, so that groups
 * spread over time and a group's instants are the same after a restart.
 */
public final class RuleEngine {
  private static final Logger LOG = LoggerFactory.getLogger(RuleEngine.class);

  private final InstantSource clock;
  private final Notifier notifier;
  private final AlertStateFile file;
  private final List<GroupEvaluator> groups = new ArrayList<>();
  private final Map<GroupEvaluator, Long> evaluatedSlot = new HashMap<>();

  /**
   * @param stateFile where active alerts are kept
   */
  public RuleEngine(
      List<RuleGroup> groups,
      RuleQuery query,
      SeriesWriter writer,
      Notifier notifier,
      Path stateFile,
      InstantSource clock) {
    this.clock = clock;
    this.notifier = notifier;
    this.file = new AlertStateFile(stateFile);
    groups.forEach(group -> this.groups.add(new GroupEvaluator(group, query, writer)));
    restore();
  }

  private void restore() {
    Map<String, Map<String, List<Alert>>> byRule = new HashMap<>();
    for (AlertStateFile.Saved saved : file.read()) {
      byRule
          .computeIfAbsent(saved.group(), group -> new HashMap<>())
          .computeIfAbsent(saved.rule(), rule -> new ArrayList<>())
          .add(saved.alert());
      notifier.restore(saved.alert(), saved.told());
    }
    for (GroupEvaluator group : groups) {
      byRule.getOrDefault(group.group().key(), Map.of()).forEach(group::restore);
    }
  }

  /** Evaluates the groups that are due now. Call it about once a second. */
  public void tick() {
    long now = clock.millis();
    boolean any = false;
    for (GroupEvaluator group : groups) {
      long interval = Math.max(1, group.group().interval().toMillis());
      long shift = Math.floorMod((long) group.group().key().hashCode(), interval);
      long slot = Math.floorDiv(now - shift, interval);
      Long last = evaluatedSlot.put(group, slot);
      if (last == null || slot > last) {
        group.evaluate(now).forEach(notifier::changed);
        any = true;
      }
    }
    if (any) {
      save();
    }
    notifier.repeat(firing(), now);
  }

  private List<Alert> firing() {
    return groups.stream()
        .flatMap(group -> group.status().rules().stream())
        .flatMap(rule -> rule.alerts().stream())
        .filter(alert -> alert.state() == Alert.State.FIRING)
        .toList();
  }

  private void save() {
    List<AlertStateFile.Saved> alerts = new ArrayList<>();
    for (GroupEvaluator group : groups) {
      for (RuleStatus rule : group.status().rules()) {
        for (Alert alert : rule.alerts()) {
          alerts.add(
              new AlertStateFile.Saved(
                  group.group().key(), rule.rule().name(), alert, notifier.told(alert)));
        }
      }
    }
    try {
      file.write(alerts);
    } catch (UncheckedIOException e) {
      LOG.error("{}; until it can be written, a restart forgets newer alerts", e.getMessage());
    }
  }

  /** Every group and its rules, in the files' order. */
  public List<GroupStatus> status() {
    return groups.stream().map(GroupEvaluator::status).toList();
  }
}
