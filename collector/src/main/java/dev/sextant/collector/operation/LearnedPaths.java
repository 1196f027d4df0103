package dev.sextant.collector.operation;

import dev.sextant.storage.codec.ByteWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The paths of one service as a prefix tree of their segments, and which places in them hold
 * values. A place begins with words. Where it has seen more different words than the bound, it
 * collapses: words that were seen often by then are established and stay what they are, every other
 * one is merged into {@code {id}} with all that lies behind it, and so is whatever comes later. A
 * collapsed place stays so, hence a service has few names however many paths it has.
 *
 * <p>Bounded in nodes, and in memory together with all services: what finds no room is not learned
 * and keeps its words. Thread-safe: one lock.
 */
final class LearnedPaths {
  /** Names behind a word, and no fewer, establish it. */
  static final int ESTABLISHED = 20;

  /** Heap that a service takes beside its nodes. */
  static final int BYTES = 512;

  private final long number;
  private final String service;
  private final Learning learning;
  private final ByteWriter out = new ByteWriter(128);
  private PathNode paths = new PathNode(new byte[0], 0, 0);
  private PathNode urls = new PathNode(new byte[0], 0, 0);
  private int nodes;
  private boolean full;
  private volatile long epoch;

  /** The day that a name was last asked for, in days since the epoch. */
  private volatile long lastDay;

  /**
   * @param number of the service, no other's
   */
  LearnedPaths(long number, String service, Learning learning) {
    this.number = number;
    this.service = service;
    this.learning = learning;
  }

  long number() {
    return number;
  }

  /** Changes when a place collapses: names of an earlier epoch may no longer hold. */
  long epoch() {
    return epoch;
  }

  long lastDay() {
    return lastDay;
  }

  void seenOn(long day) {
    if (lastDay != day) {
      lastDay = day;
    }
  }

  /** The name of a template that {@link RawName} read; learns from it. */
  synchronized Named name(RawName raw) {
    byte[] text = raw.text();
    int to = raw.textTo();
    int at = raw.textFrom() + raw.pathAt();
    boolean host = raw.isUrl();
    PathNode node = host ? urls : paths;
    PathNode learned = node;
    out.clear();
    out.put(text, raw.textFrom(), at);
    while (at < to || host) {
      int start = host ? at : at + 1;
      int end = start;
      while (end < to && text[end] != '/') {
        end++;
      }
      out.put(text, at, start);
      learned = learned == null ? null : step(learned, text, start, end, host);
      if (learned == null) {
        out.put(text, start, end);
      } else {
        out.put(learned.segment(), 0, learned.segment().length);
      }
      at = end;
      host = false;
    }
    return new Named(out.toByteArray(), epoch, learned);
  }

  /** The node of a segment behind another, which may be new; null where there is no room. */
  private @Nullable PathNode step(PathNode node, byte[] text, int from, int to, boolean host) {
    PathNode known = node.child(text, from, to);
    if (known != null) {
      return known;
    }
    boolean counts = !PathNode.isPlaceholder(text, from, to) && !learning.isWord(text, from, to);
    if (counts && !node.collapsed && node.words >= learning.maxValues()) {
      collapse(node, host);
    }
    if (counts && node.collapsed) {
      return placeholder(node, text, from, to, host);
    }
    PathNode added = new PathNode(text, from, to);
    if (!room(added)) {
      return null;
    }
    node.add(added);
    node.words += counts ? 1 : 0;
    return added;
  }

  private boolean room(PathNode added) {
    if (nodes >= learning.maxPaths()) {
      learning.outOfPaths(service, !full);
      full = true;
      return false;
    }
    if (!learning.take(added.bytes())) {
      learning.outOfMemory(service);
      return false;
    }
    nodes++;
    return true;
  }

  /** The child that stands for a value; few, so they are no question of room. */
  private PathNode placeholder(PathNode node, byte[] text, int from, int to, boolean host) {
    ByteWriter name = new ByteWriter(16);
    name.put(host ? RawName.HOST : RawName.ID, 0, host ? RawName.HOST.length : RawName.ID.length);
    if (!host) {
      name.put(text, FileExtension.dot(text, from, to), to);
    }
    PathNode known = node.child(name.array(), 0, name.length());
    if (known != null) {
      return known;
    }
    PathNode added = new PathNode(name.array(), 0, name.length());
    learning.takeAnyway(added.bytes());
    nodes++;
    node.add(added);
    return added;
  }

  private void collapse(PathNode node, boolean host) {
    node.collapsed = true;
    epoch++;
    learning.collapses.increment();
    for (PathNode child : node.takeOut()) {
      adopt(node, child, host);
    }
  }

  /** Gives a node a child that has left another, or the same. */
  private void adopt(PathNode node, PathNode child, boolean host) {
    byte[] segment = child.segment();
    PathNode same = node.child(segment, 0, segment.length);
    if (same != null) {
      merge(same, child);
    } else if (child.isPlaceholder() || learning.isWord(segment, 0, segment.length)) {
      node.add(child);
    } else if (!node.collapsed && node.words >= learning.maxValues()) {
      collapse(node, host);
      adopt(node, child, host);
    } else if (node.collapsed && child.totalHits() < ESTABLISHED) {
      merge(placeholder(node, segment, 0, segment.length, host), child);
    } else {
      node.add(child);
      node.words++;
    }
  }

  private void merge(PathNode into, PathNode gone) {
    nodes--;
    learning.give(gone.bytes());
    into.hits += gone.hits;
    if (gone.collapsed && !into.collapsed) {
      collapse(into, false);
    }
    for (PathNode child : gone.takeOut()) {
      adopt(into, child, false);
    }
  }

  /** Writes what was learned. */
  synchronized void write(String tenant, LearnedJson.Writer out) throws IOException {
    out.add(new LearnedJson.Entry(tenant, service, lastDay, paths, urls));
  }

  /** Takes back what was learned before; nothing was learned since. */
  synchronized void restore(LearnedJson.Entry learned) {
    lastDay = learned.lastDay();
    paths = learned.paths();
    urls = learned.urls();
    count(paths);
    count(urls);
  }

  private void count(PathNode node) {
    for (PathNode child : node.children()) {
      nodes++;
      learning.takeAnyway(child.bytes());
      byte[] segment = child.segment();
      node.words += child.isPlaceholder() || learning.isWord(segment, 0, segment.length) ? 0 : 1;
      count(child);
    }
  }
}
