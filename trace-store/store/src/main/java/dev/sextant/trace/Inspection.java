package dev.sextant.trace;

import dev.sextant.storage.block.BlockCounters;
import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.model.SpanSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one request looked at. For one thread. */
final class Inspection {
  private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);

  private final BlockCounters counters;
  private long spans;
  private long bytes;
  private long blocks;
  private long totalBlocks;
  private boolean complete = true;

  Inspection(BlockCounters counters) {
    this.counters = counters;
  }

  /** So many more blocks lie in the range. */
  void covers(int more) {
    totalBlocks += more;
  }

  /** A block's rows are looked at. */
  void lookedInto(SpanBlock block) {
    lookedInto(block.rows());
  }

  private void lookedInto(int rows) {
    blocks++;
    spans += rows;
  }

  /** A block is not given. */
  void left(ReadAhead.Looked.Left block) {
    read(block.bytesRead());
    if (block.damage() != null) {
      damaged(block.damage());
    } else if (block.rows() > 0) {
      lookedInto(block.rows());
    }
  }

  /** Bytes of columns were read. */
  void read(long more) {
    bytes += more;
  }

  /** A block is left out. */
  void damaged(BlockDamagedException e) {
    complete = false;
    counters.countDamaged();
    LOG.error("a query leaves a block of spans out", e);
  }

  /** A trace is left out. */
  void tooLarge(TraceId trace, int rows, int limit) {
    complete = false;
    LOG.warn(
        "a query leaves trace {} out, which has {} spans and so more than"
            + " storage.traces.max-trace-spans ({})",
        trace,
        rows,
        limit);
  }

  SpanSource.Inspected result() {
    return new SpanSource.Inspected(spans, bytes, blocks, totalBlocks, complete);
  }
}
