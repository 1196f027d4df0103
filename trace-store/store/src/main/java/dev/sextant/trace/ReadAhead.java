package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Goes through blocks in their order and leaves out those in which no row meets some need. The
 * first blocks are looked at by who asks; once a request has come far, others are looked at ahead
 * on other threads, some at a time, and given in their order all the same. For one thread; close it
 * before the blocks' snapshot.
 */
final class ReadAhead implements AutoCloseable {
  /** Blocks that are looked at by who asks, so that what is found at once costs nothing more. */
  private static final int ALONE = 3;

  private static final int MOST_IN_A_GROUP = 4;

  private final List<SpanBlockRef> refs;
  private final List<CompiledCondition> needs;
  private final Collection<SpanField> fields;
  private final ScanThreads threads;
  private final Deque<Future<List<Looked>>> ahead = new ArrayDeque<>();
  private final Deque<Looked> ready = new ArrayDeque<>();
  private int asked;
  private volatile boolean closed;

  /** What became of a block. */
  sealed interface Looked {
    /** Every need is met by some row. */
    record Whole(SpanBlock block) implements Looked {}

    /**
     * No row meets some need, or the block is damaged.
     *
     * @param rows that were looked at
     * @param bytesRead of the block
     */
    record Left(int rows, long bytesRead, @Nullable BlockDamagedException damage)
        implements Looked {}
  }

  /**
   * @param refs newest first
   * @param needs for each of which a block must have a row
   * @param fields that will be asked of every block that is given; read ahead too
   */
  ReadAhead(
      List<SpanBlockRef> refs,
      List<CompiledCondition> needs,
      Collection<SpanField> fields,
      ScanThreads threads) {
    this.refs = refs;
    this.needs = needs;
    this.fields = fields;
    this.threads = threads;
  }

  /** What became of the next block; there are as many as blocks. */
  Looked next() {
    if (ready.isEmpty()) {
      if (ahead.isEmpty()) {
        ready.add(look(refs.get(asked++)));
      } else {
        ready.addAll(await(ahead.remove()));
      }
    }
    if (asked >= ALONE) {
      askAhead();
    }
    return ready.remove();
  }

  private void askAhead() {
    while (ahead.size() < threads.groupsAhead() && asked < refs.size()) {
      int from = asked;
      int to = Math.min(refs.size(), from + Math.min(MOST_IN_A_GROUP, from / ALONE));
      ahead.add(threads.submit(() -> look(from, to)));
      asked = to;
    }
  }

  private List<Looked> look(int from, int to) {
    List<Looked> looked = new ArrayList<>();
    for (int i = from; i < to && !closed; i++) {
      looked.add(look(refs.get(i)));
    }
    return looked;
  }

  private Looked look(SpanBlockRef ref) {
    SpanBlock block = null;
    try {
      block = ref.open();
      if (!mightMeetNeeds(block)) {
        return new Looked.Left(0, block.bytesRead(), null);
      }
      if (!meetsNeeds(block)) {
        return new Looked.Left(block.rows(), block.bytesRead(), null);
      }
      for (SpanField field : fields) {
        touch(block.column(field));
      }
      return new Looked.Whole(block);
    } catch (BlockDamagedException e) {
      return new Looked.Left(0, block == null ? 0 : block.bytesRead(), e);
    }
  }

  private boolean mightMeetNeeds(SpanBlock block) {
    for (CompiledCondition need : needs) {
      if (!block.mightMatch(need)) {
        return false;
      }
    }
    return true;
  }

  private boolean meetsNeeds(SpanBlock block) {
    for (CompiledCondition need : needs) {
      if (need.rows(block::column, block.rows()).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Reads what a column reads only when it is asked. */
  static void touch(SpanColumn column) {
    switch (column) {
      case SpanColumn.Coded coded -> coded.codes();
      case SpanColumn.Lists(int[] _, SpanColumn values) -> touch(values);
      case SpanColumn.Absent _, SpanColumn.Longs _, SpanColumn.Doubles _ -> {}
    }
  }

  private static List<Looked> await(Future<List<Looked>> group) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return group.get();
        } catch (InterruptedException e) {
          interrupted = true; // the group reads files that must stay open meanwhile
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits until no other thread looks at a block any more. */
  @Override
  public void close() {
    closed = true;
    while (!ahead.isEmpty()) {
      await(ahead.remove());
    }
  }
}
