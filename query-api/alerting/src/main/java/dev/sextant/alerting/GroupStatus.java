package dev.sextant.alerting;

import dev.sextant.alerting.rule.RuleGroup;
import java.util.List;

/** A group and its rules' status, in the file's order. */
public record GroupStatus(RuleGroup group, List<RuleStatus> rules) {
  public GroupStatus {
    rules = List.copyOf(rules);
  }
}
