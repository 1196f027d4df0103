package dev.sextant.collector.derive;

import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the two sides of calls together: a calling span with the called spans whose parent it is,
 * in whichever order they arrive. An entry lives from the first arrival for the timeout, by journal
 * stamps, so that one call that several spans answered pairs with each of them. What is alone at
 * the end becomes an edge to or from somebody who told nothing. For one thread.
 */
final class Pairing {
  private final EdgeSink sink;
  private final long timeoutMillis;
  private final int maxPending;

  /** In the order of first arrival, which is the order of expiry. */
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  private long givenUpEarly;

  /** Takes completed edges. */
  interface EdgeSink {
    /**
     * @param caller or {@code called} may be null, never both
     */
    void completed(Edge edge, @Nullable Half caller, @Nullable Half called);
  }

  private record Key(TraceId trace, long callerSpan) {}

  private static final class Entry {
    final long stampMillis;
    final List<Half> called = new ArrayList<>(1);
    @Nullable Half caller;
    boolean paired;

    Entry(long stampMillis) {
      this.stampMillis = stampMillis;
    }
  }

  Pairing(EdgeSink sink, long timeoutMillis, int maxPending) {
    this.sink = sink;
    this.timeoutMillis = timeoutMillis;
    this.maxPending = maxPending;
  }

  void caller(TraceId trace, long span, Half caller, long stampMillis) {
    Entry entry = entry(new Key(trace, span), stampMillis);
    entry.caller = caller;
    for (Half called : entry.called) {
      pair(entry, caller, called);
    }
    entry.called.clear();
  }

  void called(TraceId trace, long parent, Half called, long stampMillis) {
    Entry entry = entry(new Key(trace, parent), stampMillis);
    if (entry.caller != null) {
      pair(entry, entry.caller, called);
    } else if (entry.called.size() < maxPending) {
      entry.called.add(called);
    }
  }

  private void pair(Entry entry, Half caller, Half called) {
    entry.paired = true;
    String type = caller.messaging() || called.messaging() ? Edge.MESSAGING : "";
    sink.completed(new Edge(caller.service(), called.service(), type), caller, called);
  }

  private Entry entry(Key key, long stampMillis) {
    Entry known = entries.get(key);
    if (known != null) {
      return known;
    }
    if (entries.size() >= maxPending) {
      Iterator<Entry> oldest = entries.values().iterator();
      Entry given = oldest.next();
      oldest.remove();
      givenUpEarly++;
      expire(given);
    }
    Entry entry = new Entry(stampMillis);
    entries.put(key, entry);
    return entry;
  }

  /** Ends what has waited for the timeout at a time of the journal. */
  void advance(long nowMillis) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      if (entry.stampMillis + timeoutMillis >= nowMillis) {
        return;
      }
      oldest.remove();
      expire(entry);
    }
  }

  private void expire(Entry entry) {
    Half caller = entry.caller;
    if (caller != null && !entry.paired && !caller.peer().isEmpty()) {
      String type = caller.messaging() ? Edge.MESSAGING : Edge.VIRTUAL;
      sink.completed(new Edge(caller.service(), caller.peer(), type), caller, null);
    }
    for (Half called : entry.called) {
      if (!called.messaging() || !called.peer().isEmpty()) {
        sink.completed(Edge.fromOutside(called), null, called);
      }
    }
  }

  /** Entries that were ended before their timeout, for want of room. */
  long givenUpEarly() {
    return givenUpEarly;
  }

  int size() {
    return entries.size();
  }
}
