package dev.sextant.collector.operation;

import dev.sextant.storage.codec.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a service's paths: a segment behind the segments of the nodes above, and what
 * was seen behind it. An open-addressing table of its children. Guarded by {@link LearnedPaths},
 * but for {@link #hits}, a count that need not be exact.
 */
final class PathNode {
  /** Heap that a node takes beside its segment's bytes, near enough to bound memory by. */
  static final int BYTES = 112;

  private static final @Nullable PathNode[] NONE = new PathNode[0];

  private final byte[] segment;
  private final int hash;
  private @Nullable PathNode[] table = NONE;
  private int size;

  /** Names that ended here. */
  int hits;

  /** Whether new segments behind this one are values. */
  boolean collapsed;

  /** How many of the children are words that count against the bound. */
  int words;

  PathNode(byte[] text, int from, int to) {
    segment = Arrays.copyOfRange(text, from, to);
    hash = hash(text, from, to);
  }

  private static int hash(byte[] text, int from, int to) {
    return (int) Hash.of(text, from, to);
  }

  byte[] segment() {
    return segment;
  }

  /** Whether this stands for values, or for whatever is below. */
  boolean isPlaceholder() {
    return isPlaceholder(segment, 0, segment.length);
  }

  /** Whether a template's segment stands for values: paths themselves have no such bytes. */
  static boolean isPlaceholder(byte[] text, int from, int to) {
    return from < to && (text[from] == '{' || text[from] == '*');
  }

  long bytes() {
    return BYTES + segment.length;
  }

  int size() {
    return size;
  }

  /** The child of a segment, or null. */
  @Nullable PathNode child(byte[] text, int from, int to) {
    if (size == 0) {
      return null;
    }
    int mask = table.length - 1;
    int wanted = hash(text, from, to);
    for (int slot = wanted & mask; ; slot = slot + 1 & mask) {
      PathNode child = table[slot];
      if (child == null
          || child.hash == wanted
              && Arrays.equals(child.segment, 0, child.segment.length, text, from, to)) {
        return child;
      }
    }
  }

  /** Adds a child whose segment no other has. */
  void add(PathNode child) {
    if (2 * (size + 1) > table.length) {
      @Nullable PathNode[] old = table;
      table = new PathNode[Math.max(2, 2 * old.length)];
      for (PathNode moved : old) {
        if (moved != null) {
          place(moved);
        }
      }
    }
    place(child);
    size++;
  }

  private void place(PathNode child) {
    int mask = table.length - 1;
    int slot = child.hash & mask;
    while (table[slot] != null) {
      slot = slot + 1 & mask;
    }
    table[slot] = child;
  }

  /** Takes every child out. */
  List<PathNode> takeOut() {
    List<PathNode> children = children();
    table = NONE;
    size = 0;
    words = 0;
    return children;
  }

  /** In no order. */
  List<PathNode> children() {
    List<PathNode> children = new ArrayList<>(size);
    for (PathNode child : table) {
      if (child != null) {
        children.add(child);
      }
    }
    return children;
  }

  /** Names that ended here or behind. */
  long totalHits() {
    long total = hits;
    for (PathNode child : table) {
      if (child != null) {
        total += child.totalHits();
      }
    }
    return total;
  }
}
