package dev.sextant.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a trace search.
 *
 * @param total how many traces match; at least so many where {@code totalExact} is false
 * @param nextPageToken asks for the next page; null on the last
 */
public record TracePage(
    List<TraceSummary> traces, long total, boolean totalExact, @Nullable String nextPageToken) {
  public TracePage {
    traces = List.copyOf(traces);
  }
}
