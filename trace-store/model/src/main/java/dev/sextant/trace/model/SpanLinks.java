package dev.sextant.trace.model;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Finds traces, spans sent again and parents among {@link TraceRows}, in time and memory that grow
 * with the rows.
 */
final class SpanLinks {
  /** Stands for a span that was sent again. */
  static final int REPEATED = -3;

  private static final int IN_WORK = -1;

  /** Keeps senders from choosing ids that collide. */
  private static final long SALT = new SecureRandom().nextLong();

  private final TraceRows rows;

  /** For each row its trace, numbered as traces appear. */
  final int[] traces;

  int traceCount;

  /** For each row its parent's row, {@link SpanBatch#ROOT}, {@link SpanBatch#MISSING}, REPEATED. */
  final int[] parents;

  /** For each row how many spans stand above it. */
  final int[] depths;

  /** Open-addressed: the first row of a (trace, span id), or -1; its equals hang from it. */
  private final int[] table;

  /** The next row with the same trace and span id, or -1. */
  private final int[] sameId;

  SpanLinks(TraceRows rows) {
    this.rows = rows;
    int count = rows.rows();
    traces = new int[count];
    parents = new int[count];
    depths = new int[count];
    sameId = new int[count];
    table = new int[Integer.highestOneBit(Math.max(8, count)) * 4];
    numberTraces();
    enterIds();
    for (int row = 0; row < count; row++) {
      if (parents[row] != REPEATED) {
        parents[row] = parent(row);
      }
    }
    cutRings();
  }

  private static int slot(long a, long b, int mask) {
    long hash = (a ^ SALT) * 0x9E3779B97F4A7C15L;
    hash = (hash ^ hash >>> 32 ^ b) * 0xC2B2AE3D27D4EB4FL;
    return (int) (hash ^ hash >>> 29 ^ hash >>> 47) & mask;
  }

  private void numberTraces() {
    Arrays.fill(table, -1);
    int mask = table.length - 1;
    for (int row = 0; row < rows.rows(); row++) {
      if (row > 0 && sameTrace(row, row - 1)) {
        traces[row] = traces[row - 1];
        continue;
      }
      int at = slot(rows.traceHigh()[row], rows.traceLow()[row], mask);
      while (table[at] >= 0 && !sameTrace(table[at], row)) {
        at = at + 1 & mask;
      }
      if (table[at] < 0) {
        table[at] = row;
        traces[row] = traceCount++;
      } else {
        traces[row] = traces[table[at]];
      }
    }
  }

  private boolean sameTrace(int a, int b) {
    return rows.traceLow()[a] == rows.traceLow()[b] && rows.traceHigh()[a] == rows.traceHigh()[b];
  }

  private void enterIds() {
    Arrays.fill(table, -1);
    Arrays.fill(sameId, -1);
    for (int row = 0; row < rows.rows(); row++) {
      int at = find(traces[row], rows.spanIds()[row]);
      if (table[at] < 0) {
        table[at] = row;
      } else {
        append(table[at], row);
      }
    }
  }

  /** Hangs a row from the last with its id, or notes that one of its kind is there. */
  private void append(int first, int row) {
    int at = first;
    while (true) {
      if (rows.kinds()[at] == rows.kinds()[row]) {
        parents[row] = REPEATED;
        return;
      }
      if (sameId[at] < 0) {
        sameId[at] = row;
        return;
      }
      at = sameId[at];
    }
  }

  private int find(int trace, long spanId) {
    int mask = table.length - 1;
    int at = slot(spanId, trace, mask);
    while (table[at] >= 0 && (rows.spanIds()[table[at]] != spanId || traces[table[at]] != trace)) {
      at = at + 1 & mask;
    }
    return at;
  }

  private int parent(int row) {
    if (rows.kinds()[row] == TraceRows.SERVER) {
      int client = ofKind(table[find(traces[row], rows.spanIds()[row])], TraceRows.CLIENT);
      if (client >= 0) {
        return client;
      }
    }
    long parentId = rows.parentIds()[row];
    if (parentId == 0) {
      return SpanBatch.ROOT;
    }
    int first = table[find(traces[row], parentId)];
    return first < 0 ? SpanBatch.MISSING : owner(first);
  }

  private int ofKind(int first, int kind) {
    int at = first;
    while (at >= 0 && rows.kinds()[at] != kind) {
      at = sameId[at];
    }
    return at;
  }

  /** Of spans that share an id, the one its children hang from: a server's, else the earliest. */
  private int owner(int first) {
    int server = ofKind(first, TraceRows.SERVER);
    if (server >= 0) {
      return server;
    }
    int earliest = first;
    for (int at = sameId[first]; at >= 0; at = sameId[at]) {
      int order = Long.compare(rows.starts()[at], rows.starts()[earliest]);
      if (order < 0 || (order == 0 && rows.kinds()[at] < rows.kinds()[earliest])) {
        earliest = at;
      }
    }
    return earliest;
  }

  /** Measures depths and makes the parents of spans in a ring missing. */
  private void cutRings() {
    int count = rows.rows();
    int[] path = new int[count];
    Arrays.fill(depths, Integer.MIN_VALUE);
    for (int row = 0; row < count; row++) {
      if (parents[row] == REPEATED) {
        continue;
      }
      int length = 0;
      int at = row;
      while (at >= 0 && depths[at] == Integer.MIN_VALUE) {
        depths[at] = IN_WORK;
        path[length++] = at;
        at = parents[at];
      }
      if (at >= 0 && depths[at] == IN_WORK) {
        cutRing(at);
      }
      while (length > 0) {
        int last = path[--length];
        depths[last] = parents[last] < 0 ? 0 : depths[parents[last]] + 1;
      }
    }
  }

  private void cutRing(int start) {
    int at = start;
    do {
      int next = parents[at];
      parents[at] = SpanBatch.MISSING;
      at = next;
    } while (at != start);
  }
}
