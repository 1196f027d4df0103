package dev.sextant.trace;

import dev.sextant.storage.block.BlockSettings;

/**
 * Bounds of the embedded trace store.
 *
 * @param blocks how spans are kept
 * @param maxSearchTraces how many distinct traces one search follows; beyond, totals are not exact
 *     and paging ends ({@code storage.traces.max-search-traces})
 * @param maxTraceSpans how many spans of one trace are read; a bigger one is refused by id, and its
 *     summary's self times cover so many ({@code storage.traces.max-trace-spans})
 */
public record TraceStoreSettings(BlockSettings blocks, int maxSearchTraces, int maxTraceSpans) {
  public static final TraceStoreSettings DEFAULT =
      new TraceStoreSettings(BlockSettings.DEFAULT, 1_000_000, 200_000);

  public TraceStoreSettings withBlocks(BlockSettings changed) {
    return new TraceStoreSettings(changed, maxSearchTraces, maxTraceSpans);
  }
}
