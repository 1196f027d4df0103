package dev.sextant.api.log;

import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.log.LogFilter;
import dev.sextant.log.LogPlan;
import dev.sextant.log.LogStore;
import dev.sextant.storage.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facade's part for logs: authorises, then asks the store. Thread-safe; errors are the store's.
 */
public final class LogQueries {
  private final LogStore store;

  public LogQueries(LogStore store) {
    this.store = store;
  }

  /** Whether text is found anywhere in a line, rather than as whole words only. */
  public boolean findsSubstrings() {
    return store.capabilities().substring();
  }

  /**
   * A page of lines.
   *
   * @param limit 1 to 5,000
   * @param page from the page before, or null
   */
  public LogPlan.LogPage search(
      Access access,
      TimeRange range,
      LogFilter filter,
      boolean newestFirst,
      int limit,
      @Nullable String page) {
    return ask(
        access, new LogPlan.Search(access.tenant(), range, filter, newestFirst, limit, page));
  }

  /** Lines by level in buckets of the given width. */
  public LogPlan.LogHistogram histogram(
      Access access, TimeRange range, LogFilter filter, long bucketNanos) {
    return ask(access, new LogPlan.Histogram(access.tenant(), range, filter, bucketNanos));
  }

  /** The most frequent values of a field, most frequent first. */
  public List<LogPlan.ValueCount> values(
      Access access, TimeRange range, LogFilter filter, String field, int limit) {
    return ask(access, new LogPlan.FieldValues(access.tenant(), range, filter, field, limit));
  }

  private <R> R ask(Access access, LogPlan<R> plan) {
    access.require(Role.VIEWER);
    return store.query(plan);
  }
}
