package dev.sextant.api.trace;

import dev.sextant.trace.TraceSummary;
import dev.sextant.trace.model.SpanSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a trace search.
 *
 * @param traces newest first by their start
 * @param total how many match; at least so many where {@code totalExact} is false
 * @param nextPage asks for the next page; null where there is none for certain
 * @param inspected what was read to find them
 */
public record TracePage(
    List<TraceSummary> traces,
    long total,
    boolean totalExact,
    @Nullable String nextPage,
    SpanSource.Inspected inspected) {
  public TracePage {
    traces = List.copyOf(traces);
  }
}
