package dev.sextant.collector.derive;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Brings the two sides of calls together: a calling span with the called spans whose parent it is,
 * in whichever order they arrive. An entry lives from the first arrival for the timeout, by journal
 * stamps, so that one call that several spans answered pairs with each of them. What is alone at
 * the end becomes an edge to or from somebody who told nothing. For one thread.
 *
 * <p>Entries lie in a ring, in the order of first arrival, which is the order in which they end; an
 * open-addressing table with linear probing finds them by trace and calling span. Both grow with
 * what waits and never beyond the bound.
 */
final class Pairing {
  private static final int FIRST_CAPACITY = 1024;
  private static final int NONE = -1;

  private final EdgeSink sink;
  private final Strays strays;
  private final long timeoutMillis;
  private final int maxPending;
  private Ring ring = new Ring(FIRST_CAPACITY);
  private int oldest;
  private int size;

  /** Called halves that wait for their caller, of all entries. */
  private int waiting;

  private long givenUpEarly;

  /** Takes completed edges. */
  interface EdgeSink {
    /**
     * @param caller or {@code called} may be null, never both
     */
    void completed(Edge edge, @Nullable Half caller, @Nullable Half called);
  }

  /** Says what called halves are for which no caller came. */
  interface Strays {
    /**
     * The edge, or null for none.
     *
     * @param parent the id of its caller
     * @param stampMillis when it has waited for the timeout
     */
    @Nullable Edge edge(Half called, long parent, long stampMillis);
  }

  /** Entries as columns; places from the oldest on, around the end. */
  private static final class Ring {
    final long[] traceHigh;
    final long[] traceLow;
    final long[] callerSpan;
    final long[] stampMillis;
    final boolean[] paired;
    final @Nullable Half[] caller;
    final @Nullable Half[] firstCalled;
    final @Nullable Half[] lastCalled;

    /** Places of entries, {@link #NONE} for a free slot; twice as many as there are places. */
    final int[] table;

    Ring(int capacity) {
      traceHigh = new long[capacity];
      traceLow = new long[capacity];
      callerSpan = new long[capacity];
      stampMillis = new long[capacity];
      paired = new boolean[capacity];
      caller = new Half[capacity];
      firstCalled = new Half[capacity];
      lastCalled = new Half[capacity];
      table = new int[2 * capacity];
      Arrays.fill(table, NONE);
    }

    int capacity() {
      return stampMillis.length;
    }

    void copy(int to, Ring from, int place) {
      traceHigh[to] = from.traceHigh[place];
      traceLow[to] = from.traceLow[place];
      callerSpan[to] = from.callerSpan[place];
      stampMillis[to] = from.stampMillis[place];
      paired[to] = from.paired[place];
      caller[to] = from.caller[place];
      firstCalled[to] = from.firstCalled[place];
      lastCalled[to] = from.lastCalled[place];
    }

    int home(int place) {
      return home(traceHigh[place], traceLow[place], callerSpan[place]);
    }

    int home(long high, long low, long span) {
      long mixed = RepeatWindow.mix(RepeatWindow.mix(high ^ low) ^ span);
      return (int) mixed & (table.length - 1);
    }

    /** The slot of an entry, or the free one where it would be. */
    int slot(long high, long low, long span) {
      int slot = home(high, low, span);
      while (table[slot] != NONE && !is(table[slot], high, low, span)) {
        slot = slot + 1 & table.length - 1;
      }
      return slot;
    }

    private boolean is(int place, long high, long low, long span) {
      return callerSpan[place] == span && traceLow[place] == low && traceHigh[place] == high;
    }

    /** Frees a slot, and moves up those behind it that it kept from their homes. */
    void free(int slot) {
      int mask = table.length - 1;
      int hole = slot;
      for (int next = hole + 1 & mask; table[next] != NONE; next = next + 1 & mask) {
        if ((next - home(table[next]) & mask) >= (next - hole & mask)) {
          table[hole] = table[next];
          hole = next;
        }
      }
      table[hole] = NONE;
    }
  }

  Pairing(EdgeSink sink, Strays strays, long timeoutMillis, int maxPending) {
    this.sink = sink;
    this.strays = strays;
    this.timeoutMillis = timeoutMillis;
    this.maxPending = maxPending;
  }

  /** A calling span, under its own id. */
  void caller(Half caller, long stampMillis) {
    int place = entry(caller.traceHigh, caller.traceLow, caller.spanId, stampMillis);
    ring.caller[place] = caller;
    Half called = ring.firstCalled[place];
    ring.firstCalled[place] = null;
    ring.lastCalled[place] = null;
    ring.paired[place] |= called != null;
    for (; called != null; called = called.next) {
      waiting--;
      pair(caller, called);
    }
  }

  /** A called span, under its parent's id. */
  void called(long parent, Half called, long stampMillis) {
    while (waiting >= maxPending) {
      giveUpOldest();
    }
    int place = entry(called.traceHigh, called.traceLow, parent, stampMillis);
    Half caller = ring.caller[place];
    if (caller != null) {
      ring.paired[place] = true;
      pair(caller, called);
      return;
    }
    Half last = ring.lastCalled[place];
    if (last == null) {
      ring.firstCalled[place] = called;
    } else {
      last.next = called;
    }
    ring.lastCalled[place] = called;
    waiting++;
  }

  /**
   * What a called span, a proxy's, asks for on the way is told by another span: it is no caller
   * that nobody answered.
   */
  void relayed(long high, long low, long calledSpan, long stampMillis) {
    ring.paired[entry(high, low, calledSpan, stampMillis)] = true;
  }

  private void pair(Half caller, Half called) {
    sink.completed(Edge.between(caller, called), caller, called);
  }

  /** The place of an entry, which is made where there is none. */
  private int entry(long high, long low, long span, long stampMillis) {
    int known = ring.table[ring.slot(high, low, span)];
    if (known != NONE) {
      return known;
    }
    if (size >= maxPending) {
      giveUpOldest();
    }
    if (size == ring.capacity()) {
      grow();
    }
    int place = oldest + size++ & ring.capacity() - 1;
    ring.table[ring.slot(high, low, span)] = place;
    ring.traceHigh[place] = high;
    ring.traceLow[place] = low;
    ring.callerSpan[place] = span;
    ring.stampMillis[place] = stampMillis;
    ring.paired[place] = false;
    return place;
  }

  private void grow() {
    Ring larger = new Ring(2 * ring.capacity());
    for (int i = 0; i < size; i++) {
      larger.copy(i, ring, oldest + i & ring.capacity() - 1);
      larger.table[larger.slot(larger.traceHigh[i], larger.traceLow[i], larger.callerSpan[i])] = i;
    }
    ring = larger;
    oldest = 0;
  }

  private void giveUpOldest() {
    givenUpEarly++;
    endOldest();
  }

  /** Ends what has waited for the timeout at a time of the journal. */
  void advance(long nowMillis) {
    while (size > 0 && ring.stampMillis[oldest] + timeoutMillis < nowMillis) {
      endOldest();
    }
  }

  private void endOldest() {
    int place = oldest;
    ring.free(ring.slot(ring.traceHigh[place], ring.traceLow[place], ring.callerSpan[place]));
    oldest = place + 1 & ring.capacity() - 1;
    size--;
    Half caller = ring.caller[place];
    Half called = ring.firstCalled[place];
    ring.caller[place] = null;
    ring.firstCalled[place] = null;
    ring.lastCalled[place] = null;
    if (caller != null && !ring.paired[place] && !caller.peer.isEmpty()) {
      sink.completed(Edge.toOutside(caller), caller, null);
    }
    for (; called != null; called = called.next) {
      waiting--;
      long end = ring.stampMillis[place] + timeoutMillis;
      Edge edge = strays.edge(called, ring.callerSpan[place], end);
      if (edge != null) {
        sink.completed(edge, null, called);
      }
    }
  }

  /** Entries that were ended before their timeout, for want of room. */
  long givenUpEarly() {
    return givenUpEarly;
  }

  int size() {
    return size;
  }
}
