package dev.sextant.api.service;

import dev.sextant.api.trace.CriticalPath;
import dev.sextant.storage.TimeRange;
import dev.sextant.trace.Span;
import dev.sextant.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Adds up the critical paths of the requests to one operation. For one question. */
final class OperationTimes {
  /** Parts that are told apart while traces are read. */
  private static final int MOST_PARTS = 2_000;

  private static final Pattern METHOD = Pattern.compile("[A-Z_]+");
  private static final Pattern HOST = Pattern.compile("\\w+://(?:[^/@]*@)?([^/?#]+).*");

  private final TimeRange range;
  private final String service;
  private final String operation;
  private final Map<OperationTime.Target, long[]> parts = new HashMap<>();
  private final Map<String, NetworkTime> callees = new HashMap<>();
  private final NetworkTime callers = new NetworkTime();
  private long requests;
  private long totalNanos;
  private long otherNanos;
  private long spans;
  private boolean cut;

  OperationTimes(TimeRange range, String service, String operation) {
    this.range = range;
    this.service = service;
    this.operation = operation;
  }

  private static final class NetworkTime {
    private final DurationCounts durations = new DurationCounts();
    private long calls;
    private long totalNanos;

    void add(long nanos) {
      if (nanos >= 0) {
        durations.add(nanos);
        calls++;
        totalNanos += nanos;
      }
    }

    OperationTime.Network of(String service) {
      return new OperationTime.Network(
          service, calls, totalNanos, durations.quantile(0.95), durations.longest());
    }
  }

  /** Rows that were walked over so far, those of nested requests again and again. */
  long spans() {
    return spans;
  }

  /**
   * Counts a trace's requests to the operation that start in the range.
   *
   * @return whether there was one
   */
  boolean add(Trace trace) {
    TraceTree tree = new TraceTree(trace);
    spans += tree.size();
    boolean found = false;
    for (int i = 0; i < tree.size(); i++) {
      if (!isRequest(tree.span(i))) {
        continue;
      }
      if (found && spans >= OperationQueries.MOST_SPANS) {
        cut = true;
        break;
      }
      found = true;
      request(tree, i);
    }
    return found;
  }

  private boolean isRequest(Span span) {
    return isServed(span)
        && span.name().equals(operation)
        && span.service().equals(service)
        && span.startNanos() >= range.fromNanos()
        && span.startNanos() < range.toNanos();
  }

  private static boolean isServed(Span span) {
    return span.kind() == Span.Kind.SERVER || span.kind() == Span.Kind.CONSUMER;
  }

  private void request(TraceTree tree, int root) {
    TraceTree.Part part = tree.below(root);
    int rows = part.spans().length;
    spans += rows;
    requests++;
    totalNanos += tree.span(root).durationNanos();
    int caller = tree.parent(root);
    if (caller >= 0 && tree.called(caller) == root) {
      callers.add(network(tree, caller, root));
    }
    calls(tree, part);
    long[] starts = new long[rows];
    long[] ends = new long[rows];
    for (int row = 0; row < rows; row++) {
      starts[row] = tree.start(part.spans()[row]);
      ends[row] = tree.end(part.spans()[row]);
    }
    Set<OperationTime.Target> met = new HashSet<>();
    for (CriticalPath.Stretch stretch : CriticalPath.of(part.parents(), starts, ends)) {
      OperationTime.Target target = target(tree, part.spans()[stretch.row()], stretch.row() == 0);
      long @Nullable [] sum = parts.get(target);
      if (sum == null && parts.size() < MOST_PARTS) {
        sum = new long[2];
        parts.put(target, sum);
      }
      if (sum == null) {
        otherNanos += stretch.nanos();
      } else {
        sum[0] += stretch.nanos();
        sum[1] += met.add(target) ? 1 : 0;
      }
    }
  }

  private static OperationTime.Target target(TraceTree tree, int index, boolean own) {
    Span span = tree.span(index);
    String name = StatementText.cut(span.name(), StatementText.LONGEST);
    int called = own ? -1 : tree.called(index);
    OperationTime.Kind kind =
        own
            ? OperationTime.Kind.OWN
            : called < 0 ? OperationTime.Kind.SPAN : OperationTime.Kind.NETWORK;
    String service = tree.span(called < 0 ? index : called).service();
    return new OperationTime.Target(kind, service, label(span, name), name);
  }

  /** A span's name; that of a client call which names only its method goes on with its host. */
  private static String label(Span span, String name) {
    if (span.kind() != Span.Kind.CLIENT || !METHOD.matcher(name).matches()) {
      return name;
    }
    Matcher url = HOST.matcher(span.attributes().text("url.full"));
    String host = url.matches() ? url.group(1) : span.attributes().text("server.address");
    return StatementText.cut((name + ' ' + host).strip(), StatementText.LONGEST);
  }

  /** The calls that were made while the request was served, and none that others made below it. */
  private void calls(TraceTree tree, TraceTree.Part part) {
    boolean[] inside = new boolean[part.spans().length];
    inside[0] = true;
    for (int row = 1; row < inside.length; row++) {
      int index = part.spans()[row];
      inside[row] = inside[part.parents()[row]] && !isServed(tree.span(index));
      int called = inside[row] ? tree.called(index) : -1;
      if (called >= 0) {
        String name = tree.span(called).service();
        callees.computeIfAbsent(name, none -> new NetworkTime()).add(network(tree, index, called));
      }
    }
  }

  private static long network(TraceTree tree, int client, int server) {
    return tree.span(client).durationNanos() - tree.span(server).durationNanos();
  }

  /** What the parts above a limit and the callers and callees took, with how it was found. */
  OperationTime answer(int limit, OperationQueries.Sample sample) {
    List<OperationTime.Part> all = new ArrayList<>();
    parts.forEach((target, sum) -> all.add(new OperationTime.Part(target, sum[0], sum[1])));
    all.sort(
        Comparator.comparingLong((OperationTime.Part it) -> -it.nanos())
            .thenComparing(it -> it.target().service())
            .thenComparing(it -> it.target().name()));
    List<OperationTime.Part> told = all.stream().limit(limit).toList();
    long toldNanos = told.stream().mapToLong(OperationTime.Part::nanos).sum();
    long others = all.stream().mapToLong(OperationTime.Part::nanos).sum() - toldNanos;
    return new OperationTime(
        requests,
        sample.traces(),
        sample.all() && !cut,
        sample.skipped(),
        totalNanos,
        told,
        others + otherNanos,
        callers.calls == 0 ? null : callers.of(service),
        callees.entrySet().stream()
            .map(it -> it.getValue().of(it.getKey()))
            .filter(it -> it.calls() > 0)
            .sorted(
                Comparator.comparingLong((OperationTime.Network it) -> -it.totalNanos())
                    .thenComparing(OperationTime.Network::service))
            .limit(limit)
            .toList(),
        spans,
        sample.blocks(),
        sample.bytes(),
        sample.complete());
  }
}
