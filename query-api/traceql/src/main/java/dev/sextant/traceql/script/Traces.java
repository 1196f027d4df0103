package dev.sextant.traceql.script;

import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The traces that a script has told of so far. Spans and traces are numbered as they come. */
final class Traces {
  /** A span's place. */
  private record Id(long traceHigh, long traceLow, long span) {}

  private final List<PlainSpan> spans = new ArrayList<>();
  private final Map<String, long[]> traces = new HashMap<>();
  private final Map<String, Id> labels = new HashMap<>();
  private final Map<Id, String> names = new HashMap<>();
  private long numbers;

  void add(TraceBlock block) {
    long[] trace = block.id() == null ? new long[] {0, traces.size() + 1} : block.id();
    if (traces.putIfAbsent(block.label(), trace) != null) {
      throw new IllegalArgumentException("trace " + block.label() + " was told of before");
    }
    List<SpanLine> lines = block.lines();
    List<Long> ids = new ArrayList<>();
    for (SpanLine line : lines) {
      numbers++;
      Id id = new Id(trace[0], trace[1], line.id() == 0 ? numbers : line.id());
      ids.add(id.span());
      if (labels.putIfAbsent(block.label() + "/" + line.label(), id) != null) {
        throw new IllegalArgumentException(
            "two spans of trace " + block.label() + " are called " + line.label());
      }
      names.put(id, line.label());
    }
    for (int i = 0; i < lines.size(); i++) {
      PlainSpan.Builder builder = PlainSpan.builder(trace[0], trace[1], ids.get(i));
      long parent = lines.get(i).parent();
      builder.parent(parent >= 0 ? ids.get((int) parent) : parent == SpanLine.MISSING ? -1 : 0);
      lines.get(i).into(builder, block.atNanos(), this);
      spans.add(builder.build());
    }
  }

  /** A link to a span by {@code TRACE/SPAN}, labels or hexadecimal ids. */
  PlainSpan.Link link(String target, Map<String, SpanValue> attributes) {
    Id id = labels.get(target);
    if (id == null) {
      String[] parts = target.split("/", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException(
            "expected TRACE/SPAN of spans told of before, or hexadecimal ids, but found " + target);
      }
      long[] trace = HexIds.trace(parts[0]);
      id = new Id(trace[0], trace[1], HexIds.span(parts[1]));
    }
    return new PlainSpan.Link(id.traceHigh(), id.traceLow(), id.span(), attributes);
  }

  List<PlainSpan> spans() {
    return List.copyOf(spans);
  }

  /** A trace's label, or its id where it has none. */
  String trace(long high, long low) {
    for (Map.Entry<String, long[]> trace : traces.entrySet()) {
      if (trace.getValue()[0] == high && trace.getValue()[1] == low) {
        return trace.getKey();
      }
    }
    return HexIds.text(high) + HexIds.text(low);
  }

  /** A span's label, or its id where it has none. */
  String span(long traceHigh, long traceLow, long span) {
    return names.getOrDefault(new Id(traceHigh, traceLow, span), HexIds.text(span));
  }
}
