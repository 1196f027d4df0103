package dev.sextant.trace.model;

import java.util.List;
import java.util.Set;

/** Where a query engine reads spans. Thread-safe. Holds one tenant's spans. */
public interface SpanSource {
  /** Takes batches. */
  @FunctionalInterface
  interface Sink {
    /** True for more, false to end the reading. */
    boolean accept(SpanBatch batch);
  }

  /**
   * What was looked at to answer a request.
   *
   * @param spans rows whose columns were read
   * @param bytes of columns that were read
   * @param blocks looked into, of {@code totalBlocks} that the range covers
   * @param complete false where something was damaged and is missing
   */
  record Inspected(long spans, long bytes, long blocks, long totalBlocks, boolean complete) {}

  /**
   * Gives the sink all that a request asks for, batch by batch, in the calling thread. Spans that
   * were acknowledged before the call are among them.
   */
  Inspected read(SpanRequest request, Sink sink);

  /**
   * Attributes that spans have which start between the two times (nanoseconds since the epoch, both
   * inclusive), in order of scope and key; at most {@code limit}. May name some that only spans
   * nearby in time have.
   */
  List<SpanField.Attribute> attributes(
      long fromNanos, long toNanos, Set<SpanField.Scope> scopes, int limit, Runnable checkpoint);

  /**
   * Distinct values that a field has among spans which start between the two times and satisfy the
   * condition, sorted by type and value; at most {@code limit}, the most frequent rather than the
   * first where there are more. Lists count by their elements.
   */
  List<SpanValue> values(
      SpanField field,
      long fromNanos,
      long toNanos,
      SpanCondition condition,
      int limit,
      Runnable checkpoint);
}
