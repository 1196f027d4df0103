package dev.sextant.benchmarks.traces;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * All spans of a day in the order in which they are sent, as a collector batches them: 2,048 from
 * whatever instances, some 20 of each. A trace's spans thus come in one to a few exports. For one
 * thread.
 */
final class Exports implements Iterator<Export> {
  private static final int SPANS = 2048;

  private final TraceMaker maker;
  private final Day day;
  private final Consumer<MadeTrace> witness;
  private final PriorityQueue<SentSpan> waiting = new PriorityQueue<>();
  private long next;
  private long safeMillis = Long.MIN_VALUE;

  /**
   * @param witness sees every trace, in order, before any of its spans is sent
   */
  Exports(TraceMaker maker, Day day, Consumer<MadeTrace> witness) {
    this.maker = maker;
    this.day = day;
    this.witness = witness;
  }

  @Override
  public boolean hasNext() {
    return next < day.traces() || !waiting.isEmpty();
  }

  @Override
  public Export next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<SentSpan> spans = new ArrayList<>(SPANS);
    while (spans.size() < SPANS && hasNext()) {
      while (next < day.traces() && (waiting.isEmpty() || waiting.peek().atMillis() > safeMillis)) {
        make();
      }
      spans.add(waiting.remove());
    }
    return new Export(spans.getLast().atMillis(), spans);
  }

  /** No later trace has a span that is sent before this one begins. */
  private void make() {
    MadeTrace trace = maker.make(next++);
    witness.accept(trace);
    safeMillis = trace.spans().getFirst().startNanos / 1_000_000;
    for (MadeSpan span : trace.spans()) {
      waiting.add(SentSpan.of(trace, span));
    }
  }
}
