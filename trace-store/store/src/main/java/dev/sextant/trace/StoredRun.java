package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.BlockRef;
import dev.sextant.storage.block.RunRef;
import dev.sextant.storage.codec.CorruptDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of a snapshot. Where its index is damaged, each of its blocks may hold any trace. */
final class StoredRun implements SpanRun {
  private static final Logger LOG = LoggerFactory.getLogger(StoredRun.class);
  private final RunRef run;
  private final RunFilters filters;

  /** By block, one for all who ask. */
  private final @Nullable SpanBlockRef[] refs;

  StoredRun(RunRef run, RunFilters filters) {
    this.run = run;
    this.filters = filters;
    this.refs = new SpanBlockRef[run.size()];
  }

  /** A name that no other run has, and that this one keeps. */
  String name() {
    return run.name();
  }

  /**
   * Its index.
   *
   * @throws BlockDamagedException where that cannot be read
   */
  RunIndex index() {
    var parts = run.index();
    try {
      return new RunIndex(parts);
    } catch (CorruptDataException e) {
      throw parts.damaged("section", e);
    }
  }

  /** How many blocks it has. */
  int size() {
    return refs.length;
  }

  synchronized SpanBlockRef ref(int block) {
    SpanBlockRef known = refs[block];
    if (known == null) {
      known =
          new Ref(
              run.block(block),
              run.number(block, SpanRuns.END_PLACE),
              run.number(block, SpanRuns.TRACE_START_PLACE));
      refs[block] = known;
    }
    return known;
  }

  @Override
  public List<SpanBlockRef> blocks(long fromNanos, long toNanos) {
    List<SpanBlockRef> blocks = new ArrayList<>();
    for (int block = 0; block < refs.length; block++) {
      SpanBlockRef ref = ref(block);
      if (ref.minStart() <= toNanos && ref.maxEnd() >= fromNanos) {
        blocks.add(ref);
      }
    }
    return blocks;
  }

  @Override
  public void find(long traceKey, Consumer<SpanBlockRef> found) {
    IntConsumer give = block -> found.accept(ref(block));
    try {
      if (filters.mightContain(this, traceKey)) {
        index().find(traceKey, give);
      }
    } catch (BlockDamagedException e) {
      LOG.error("the blocks of a run are looked through one by one", e);
      for (int block = 0; block < refs.length; block++) {
        give.accept(block);
      }
    }
  }

  private record Ref(BlockRef block, long maxEnd, long maxTraceStart) implements SpanBlockRef {
    @Override
    public long minStart() {
      return block.minTime();
    }

    @Override
    public long maxStart() {
      return block.maxTime();
    }

    @Override
    public SpanBlock open() {
      return (SpanBlock) block.open();
    }
  }
}
