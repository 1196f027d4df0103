package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import java.util.Collection;

/**
 * Spans of one tenant that stand together, read by columns: a block in heap, a closed one in order
 * of arrival, or a trace-major one of a {@link SpanRun}. Every part is read and checked when it is
 * first asked for, and only once. For one thread; valid while its {@link SpanSnapshot} is open.
 *
 * <p>Arrays are shared, may be longer than {@link #rows()}, and are never written to by a reader.
 * Each method but {@link #rows()} throws {@link BlockDamagedException} where what it needs is
 * damaged.
 */
interface SpanBlock {
  int rows();

  /**
   * A field of each span; {@link SpanColumn#ABSENT} where none has it, of events and links where no
   * span has an event or link. Attributes are found by scope and key as they were sent; of a key
   * that was sent twice the first counts, and one that was sent without a value is absent. What
   * needs the whole trace ({@link SpanField.Intrinsic#ROOT_NAME} and those behind it) is there in
   * trace-major blocks only, as it is by the spans of the block, and {@code ABSENT} elsewhere.
   */
  SpanColumn column(SpanField field);

  /** Each row's trace id, its upper half. */
  long[] traceHigh();

  /** Each row's trace id, its lower half. */
  long[] traceLow();

  long[] spanIds();

  /** 0 for a span without parent. */
  long[] parentIds();

  /** Nanoseconds since the epoch. */
  long[] starts();

  /** Nanoseconds, never below 0. */
  long[] durations();

  /** OTLP's numbers of the kinds. */
  long[] kinds();

  /**
   * Numbers by which rows of one trace are told apart: each row's in the journal, or in a
   * trace-major block numbers that begin where the run's first row had one. Of two rows with the
   * same id and kind the one that arrived earlier has the lower.
   */
  long[] rowNumbers();

  /**
   * Whether a span names the database or cache that it calls, as {@link DatabaseNames} tells.
   * Blocks in heap read that of the payloads of those spans alone that are asked for.
   */
  default boolean namesDatabase(int row) {
    return DatabaseNames.in(this, row);
  }

  /** Every field of one span. */
  Span decode(int row);

  /** False only where no row is of the trace. */
  boolean mightContainTrace(long high, long low);

  /**
   * False only where no row satisfies the condition; told by the directory of attributes,
   * dictionaries, statistics and bloom filters, without reading rows.
   */
  boolean mightMatch(CompiledCondition condition);

  /** Attributes that some row has, in no order, each once. */
  Collection<SpanField.Attribute> attributes();

  /** How many bytes of columns, as they are stored, were read so far. */
  long bytesRead();

  // Of trace-major blocks:

  /** How many traces; 0 for a block in order of arrival. */
  int traces();

  /**
   * Where a trace's rows begin, as in {@link SpanBatch#traceFrom}: traces are whole as far as the
   * run holds them, each span once, and rows within a trace in order of {@link SpanBatch}.
   *
   * @param trace 0 to {@link #traces()}, the last for the end
   */
  int traceFrom(int trace);

  /** As {@link SpanBatch#parents()}. */
  int[] parents();
}
