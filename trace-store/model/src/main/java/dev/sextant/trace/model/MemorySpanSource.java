package dev.sextant.trace.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Spans in memory, for tests, scripts and examples: simple rather than fast, and exact. Requests
 * are answered with no span or trace too many, and whole-trace fields by {@link
 * SpanRequest.Unit#SPANS} too. Immutable, thread-safe.
 */
public final class MemorySpanSource implements SpanSource {
  private static final int ROWS_A_BATCH = 512;
  static final Comparator<SpanField.Attribute> BY_SCOPE_AND_KEY =
      Comparator.comparing(SpanField.Attribute::scope)
          .thenComparing(SpanField.Attribute::key, TextOrder::compare);

  private final MemoryTraces all;

  /**
   * @param arrived in the order of arrival; of spans with the same trace id, span id and kind the
   *     first stands for all
   */
  public MemorySpanSource(List<PlainSpan> arrived) {
    all = new MemoryTraces(arrived);
  }

  @Override
  public Inspected read(SpanRequest request, Sink sink) {
    request.checkpoint().run();
    return switch (request.unit()) {
      case SPANS -> readSpans(request, sink);
      case TRACES -> readTraces(request, sink);
    };
  }

  private Inspected readSpans(SpanRequest request, Sink sink) {
    int[] rows =
        IntStream.range(0, all.size())
            .filter(at -> startsBetween(at, request.fromNanos(), request.toNanos()))
            .filter(at -> request.needs().stream().allMatch(need -> all.holds(at, need)))
            .toArray();
    long given = 0;
    boolean more = true;
    for (int from = 0; more && from < rows.length; from += ROWS_A_BATCH) {
      request.checkpoint().run();
      int[] part =
          IntStream.range(from, Math.min(rows.length, from + ROWS_A_BATCH))
              .map(i -> rows[i])
              .toArray();
      given += part.length;
      more = sink.accept(new MemoryBatch(all, part, new int[1], new int[0], Long.MAX_VALUE));
    }
    return new Inspected(given, 0, 1, 1, true);
  }

  private boolean startsBetween(int at, long from, long to) {
    long start = all.span(at).startNanos();
    return start >= from && start <= to;
  }

  private Inspected readTraces(SpanRequest request, Sink sink) {
    TraceStructure structure =
        all.structure()
            .select(
                IntStream.range(0, all.structure().traces())
                    .filter(trace -> isWanted(trace, request))
                    .toArray());
    Map<Integer, Integer> places = new TreeMap<>();
    for (int at = 0; at < all.size(); at++) {
      places.put(all.structure().order()[at], at);
    }
    long given = 0;
    boolean more = true;
    for (int trace = 0; more && trace < structure.traces(); ) {
      request.checkpoint().run();
      int end = batchEnd(structure, trace);
      long later = end < structure.traces() ? structure.startNanos(end) : Long.MIN_VALUE;
      MemoryBatch batch =
          batch(structure.select(IntStream.range(trace, end).toArray()), places, later);
      given += batch.rows();
      more = sink.accept(batch);
      trace = end;
    }
    return new Inspected(given, 0, 1, 1, true);
  }

  private MemoryBatch batch(TraceStructure traces, Map<Integer, Integer> places, long later) {
    int[] rows = IntStream.of(traces.order()).map(places::get).toArray();
    int[] from = IntStream.rangeClosed(0, traces.traces()).map(traces::traceFrom).toArray();
    return new MemoryBatch(all, rows, from, traces.parents(), later);
  }

  private static int batchEnd(TraceStructure structure, int trace) {
    int end = trace + 1;
    while (end < structure.traces()
        && structure.traceFrom(end + 1) - structure.traceFrom(trace) <= ROWS_A_BATCH) {
      end++;
    }
    return end;
  }

  private boolean isWanted(int trace, SpanRequest request) {
    TraceStructure structure = all.structure();
    long start = structure.startNanos(trace);
    long end = start + structure.durationNanos(trace);
    return start <= request.toNanos()
        && (end < start ? Long.MAX_VALUE : end) >= request.fromNanos()
        && request.needs().stream()
            .allMatch(
                need ->
                    IntStream.range(structure.traceFrom(trace), structure.traceFrom(trace + 1))
                        .anyMatch(at -> all.holds(at, need)));
  }

  @Override
  public List<SpanField.Attribute> attributes(
      long fromNanos, long toNanos, Set<SpanField.Scope> scopes, int limit, Runnable checkpoint) {
    checkpoint.run();
    Set<SpanField.Attribute> found = new TreeSet<>(BY_SCOPE_AND_KEY);
    for (int at = 0; at < all.size(); at++) {
      if (startsBetween(at, fromNanos, toNanos)) {
        for (SpanField.Scope scope : scopes) {
          PlainValues.attributes(all.span(at), scope, found);
        }
      }
    }
    return found.stream().limit(limit).toList();
  }

  @Override
  public List<SpanValue> values(
      SpanField field,
      long fromNanos,
      long toNanos,
      SpanCondition condition,
      int limit,
      Runnable checkpoint) {
    checkpoint.run();
    Map<SpanValue, Integer> counts = new TreeMap<>(SpanValue.ORDER);
    for (int at = 0; at < all.size(); at++) {
      if (startsBetween(at, fromNanos, toNanos) && all.holds(at, condition)) {
        for (@Nullable SpanValue value : all.values(at, field)) {
          count(value, counts);
        }
      }
    }
    List<Map.Entry<SpanValue, Integer>> frequent = new ArrayList<>(counts.entrySet());
    frequent.sort(Map.Entry.<SpanValue, Integer>comparingByValue().reversed());
    return frequent.stream().limit(limit).map(Map.Entry::getKey).sorted(SpanValue.ORDER).toList();
  }

  private static void count(@Nullable SpanValue value, Map<SpanValue, Integer> counts) {
    if (value instanceof SpanValue.Array(List<SpanValue> elements)) {
      elements.forEach(element -> count(element, counts));
    } else if (value != null) {
      counts.merge(value, 1, Integer::sum);
    }
  }
}
