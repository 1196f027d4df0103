package dev.sextant.trace;

import dev.sextant.storage.block.BlockSettings;

/**
 * Bounds of the embedded trace store.
 *
 * @param blocks how spans are kept
 * @param maxTraceSpans how many spans of one trace are read; a bigger one is refused by id, and its
 *     summary's self times cover so many; a query for traces leaves it out ({@code
 *     storage.traces.max-trace-spans})
 * @param maxBatchSpans a query puts together so many spans of traces at a time, or one trace
 *     ({@code storage.traces.max-batch-spans})
 * @param maxQueryBytes a query keeps so many bytes of what it read of blocks that it needs again
 *     ({@code storage.traces.max-query-bytes})
 * @param openColumnBytes so many bytes are kept of what queries made of blocks in heap ({@code
 *     storage.traces.open-column-bytes})
 */
public record TraceStoreSettings(
    BlockSettings blocks,
    int maxTraceSpans,
    int maxBatchSpans,
    long maxQueryBytes,
    long openColumnBytes) {
  public static final TraceStoreSettings DEFAULT =
      new TraceStoreSettings(BlockSettings.DEFAULT, 200_000, 32_768, 64L << 20, 64L << 20);

  public TraceStoreSettings withBlocks(BlockSettings changed) {
    return new TraceStoreSettings(
        changed, maxTraceSpans, maxBatchSpans, maxQueryBytes, openColumnBytes);
  }

  /** With other bounds for a trace and a batch. */
  public TraceStoreSettings withTraces(int spans, int batch) {
    return new TraceStoreSettings(blocks, spans, batch, maxQueryBytes, openColumnBytes);
  }

  /** With other bounds for what is kept during and between queries. */
  public TraceStoreSettings withKept(long queryBytes, long openBytes) {
    return new TraceStoreSettings(blocks, maxTraceSpans, maxBatchSpans, queryBytes, openBytes);
  }
}
