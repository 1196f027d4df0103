package dev.sextant.api.alert;

import dev.sextant.alerting.GroupStatus;
import dev.sextant.alerting.RuleEngine;
import dev.sextant.alerting.notify.Delivery;
import dev.sextant.alerting.notify.Notifier;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import java.util.List;

/** The facade's part for alerts. Thread-safe. */
public final class AlertQueries {
  private final RuleEngine engine;
  private final Notifier notifier;

  public AlertQueries(RuleEngine engine, Notifier notifier) {
    this.engine = engine;
    this.notifier = notifier;
  }

  /** Groups in their files' order. */
  public List<GroupStatus> groups(Access access) {
    access.require(Role.VIEWER);
    return engine.status();
  }

  /** The latest deliveries, newest first. */
  public List<Delivery> deliveries(Access access) {
    access.require(Role.VIEWER);
    return notifier.deliveries();
  }
}
