package dev.sextant.api.trace;

import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The facade's part for questions about columns of spans: authorises, then asks the engine or the
 * source. Thread-safe; times in nanoseconds since the epoch, inclusive.
 */
public final class TraceQlQueries {
  private final Function<String, SpanSource> sources;
  private final Duration timeout;

  /**
   * @param sources a tenant's spans
   * @param timeout of one question; {@code query.timeout}
   */
  public TraceQlQueries(Function<String, SpanSource> sources, Duration timeout) {
    this.sources = sources;
    this.timeout = timeout;
  }

  /**
   * The attributes that spans have for which a condition holds, in order of scope and key.
   *
   * @param limit of all scopes together
   */
  public List<SpanField.Attribute> attributes(
      Access access,
      long fromNanos,
      long toNanos,
      Set<SpanField.Scope> scopes,
      SpanCondition condition,
      int limit) {
    return tags(access, fromNanos, toNanos, condition).attributes(scopes, limit);
  }

  /**
   * The distinct values that some fields have together, by type and value, among spans for which a
   * condition holds.
   */
  public List<SpanValue> values(
      Access access,
      long fromNanos,
      long toNanos,
      List<SpanField> fields,
      SpanCondition condition,
      int limit) {
    return tags(access, fromNanos, toNanos, condition).values(fields, limit);
  }

  private SpanTags tags(Access access, long fromNanos, long toNanos, SpanCondition condition) {
    return new SpanTags(
        source(access), fromNanos, toNanos, condition, new QueryCheckpoint(timeout));
  }

  private SpanSource source(Access access) {
    access.require(Role.VIEWER);
    return sources.apply(access.tenant());
  }
}
