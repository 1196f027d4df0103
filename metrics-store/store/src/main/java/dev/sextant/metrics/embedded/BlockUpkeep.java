package dev.sextant.metrics.embedded;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a commit does for the blocks: joins small ones, rewrites damaged ones, drops what is too
 * old. Used by the writer alone.
 */
final class BlockUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(BlockUpkeep.class);
  private static final long DAY_MILLIS = 86_400_000;

  private final MergePolicy policy;
  private final Retention retention;

  BlockUpkeep(MetricsStoreSettings settings) {
    this.policy = new MergePolicy(settings.maxBlockBytes());
    this.retention = new Retention(settings.retention());
  }

  /**
   * @param nowMillis the wall clock's time
   * @param stampMillis the newest stamp of the journal
   */
  void run(Collection<TenantSeries> tenants, long nowMillis, long stampMillis) {
    for (TenantSeries tenant : tenants) {
      merge(tenant, Math.floorDiv(stampMillis, DAY_MILLIS));
    }
    Set<Long> days = new HashSet<>();
    tenants.forEach(tenant -> days.addAll(tenant.blocks().byDay().keySet()));
    OptionalLong expired = retention.dayToDrop(days, nowMillis, stampMillis);
    if (expired.isPresent()) {
      long day = expired.getAsLong();
      LOG.info(
          "metrics of {} are older than metrics.retention and dropped", LocalDate.ofEpochDay(day));
      tenants.forEach(tenant -> tenant.blocks().dropDay(day));
    }
  }

  private void merge(TenantSeries tenant, long today) {
    for (long day : tenant.blocks().byDay().keySet()) {
      List<Block> chosen = choose(tenant, day, today);
      while (!chosen.isEmpty()) {
        tenant.countConflicts(tenant.blocks().merge(chosen));
        chosen = choose(tenant, day, today);
      }
    }
  }

  private List<Block> choose(TenantSeries tenant, long day, long today) {
    return policy.choose(tenant.blocks().byDay().getOrDefault(day, List.of()), day < today - 1);
  }
}
