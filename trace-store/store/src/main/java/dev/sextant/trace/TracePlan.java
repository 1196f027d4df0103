package dev.sextant.trace;

import dev.sextant.storage.otlp.TraceId;
import java.util.List;
import java.util.Optional;

/**
 * A question to a trace store that is answered by traces' ids. Others are asked of {@link
 * TraceStore#spans}.
 *
 * @param <R> its answer
 */
public sealed interface TracePlan<R> {
  String tenant();

  /** All spans of one trace, whenever they arrived. */
  record ById(String tenant, TraceId traceId) implements TracePlan<Optional<Trace>> {}

  /**
   * Summaries of some traces over all their spans, in the order of the ids; of those that the store
   * has no span of, none.
   *
   * @param traceIds at most 1,000, each once
   */
  record Summaries(String tenant, List<TraceId> traceIds) implements TracePlan<List<TraceSummary>> {
    public static final int MOST = 1_000;

    public Summaries {
      traceIds = List.copyOf(traceIds);
      if (traceIds.size() > MOST) {
        throw new IllegalArgumentException(
            "summaries of %d traces were asked for, and %d at a time are given"
                .formatted(traceIds.size(), MOST));
      }
    }
  }
}
