package dev.sextant.alerting.rule;

import java.time.Duration;
import java.util.List;

/**
 * Rules that are evaluated one after another at the same instant.
 *
 * @param file where the group stands, for people
 * @param interval between two evaluations
 * @param limit how many alerts or series one rule may return; 0 for any number
 */
public record RuleGroup(String name, String file, Duration interval, int limit, List<Rule> rules) {
  public RuleGroup {
    rules = List.copyOf(rules);
  }

  /** Names the group among all files' groups. */
  public String key() {
    return file + ";" + name;
  }
}
