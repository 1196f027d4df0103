package dev.sextant.trace;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Resource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the clocks of a trace's hosts are apart, told by what cannot be: a call that its server
 * took before its client made it, or that outlasts it. Spans are stored as they were sent; what is
 * shown may be moved by this.
 *
 * <p>A server's span that does not lie within its client's is moved to its middle (the network is
 * taken to be as slow one way as the other), or, where it is longer, to its start. Any other span
 * of another host is moved only where it begins before its parent. What is below a moved span on
 * the same host moves along. The method is Jaeger's clock skew adjuster, which knows no kinds of
 * spans.
 */
public final class ClockSkew {
  private static final int NONE = -1;

  private final List<Span> spans;
  private final int[] parents;
  private final long[] shifts;

  private ClockSkew(Trace trace) {
    this.spans = trace.spans();
    this.parents = new int[spans.size()];
    this.shifts = new long[spans.size()];
  }

  /**
   * For each span of a trace, in its order, the nanoseconds to add to its times; 0 for those whose
   * clock gives no offence. Linear in the number of spans.
   */
  public static long[] shifts(Trace trace) {
    ClockSkew skew = new ClockSkew(trace);
    skew.findParents();
    skew.walk();
    return skew.shifts;
  }

  /** Where a client and a server share one id, the server is the client's child and owns others. */
  private void findParents() {
    Map<Long, Integer> owners = new HashMap<>();
    Map<Long, Integer> clients = new HashMap<>();
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      owners.merge(span.spanId(), i, (a, b) -> isServer(b) && !isServer(a) ? b : a);
      if (span.kind() == Span.Kind.CLIENT) {
        clients.putIfAbsent(span.spanId(), i);
      }
    }
    Arrays.fill(parents, NONE);
    for (int i = 0; i < spans.size(); i++) {
      Integer shared = isServer(i) ? clients.get(spans.get(i).spanId()) : null;
      Integer named = owners.get(spans.get(i).parentSpanId());
      Integer parent = shared != null ? shared : spans.get(i).parentSpanId() == 0 ? null : named;
      if (parent != null && parent != i) {
        parents[i] = parent;
      }
    }
  }

  private boolean isServer(int span) {
    return spans.get(span).kind() == Span.Kind.SERVER;
  }

  /** From the roots down; spans in a ring of parents are never reached and stay. */
  private void walk() {
    List<List<Integer>> children = new ArrayList<>();
    Deque<Integer> next = new ArrayDeque<>();
    for (int i = 0; i < spans.size(); i++) {
      children.add(new ArrayList<>(0));
    }
    for (int i = 0; i < spans.size(); i++) {
      if (parents[i] == NONE) {
        next.add(i);
      } else {
        children.get(parents[i]).add(i);
      }
    }
    while (!next.isEmpty()) {
      int parent = next.remove();
      for (int child : children.get(parent)) {
        shifts[child] = shift(parent, child);
        next.add(child);
      }
    }
  }

  private long shift(int parentIndex, int childIndex) {
    Span parent = spans.get(parentIndex);
    Span child = spans.get(childIndex);
    if (isOneClock(parent.resource(), child.resource())) {
      return shifts[parentIndex];
    }
    long begin = parent.startNanos() + shifts[parentIndex];
    long end = begin + parent.durationNanos();
    boolean call = parent.kind() == Span.Kind.CLIENT && child.kind() == Span.Kind.SERVER;
    long slack = parent.durationNanos() - child.durationNanos();
    boolean early = child.startNanos() < begin;
    if (!call || slack < 0) {
      return early ? begin - child.startNanos() : 0;
    }
    boolean late = child.startNanos() + child.durationNanos() > end;
    return early || late ? begin + slack / 2 - child.startNanos() : 0;
  }

  private static boolean isOneClock(Resource one, Resource other) {
    if (one.equals(other)) {
      return true;
    }
    AttributeValue host = one.attributes().get("host.name");
    return host != null && host.equals(other.attributes().get("host.name"));
  }
}
