package dev.sextant.traceql;

import dev.sextant.trace.model.SpanSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Traces that match, newest first by {@link FoundTrace#startNanos}, then by id as an unsigned
 * number.
 *
 * @param total how many match, those of pages before this one included
 * @param exact whether there are no more than the total; false where the reading ended early
 * @param next where the next page begins; null where there is none for certain
 * @param tracesRead traces that the query was evaluated on
 * @param inspected what the source looked at
 */
public record SearchAnswer(
    List<FoundTrace> traces,
    long total,
    boolean exact,
    @Nullable PageToken next,
    long tracesRead,
    SpanSource.Inspected inspected) {
  public SearchAnswer {
    traces = List.copyOf(traces);
  }
}
