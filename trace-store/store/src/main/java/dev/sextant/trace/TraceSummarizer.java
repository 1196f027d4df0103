package dev.sextant.trace;

import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes a trace's summary from its spans, whatever store they come from. */
public final class TraceSummarizer {
  private static final Comparator<SpanSketch> BY_START =
      Comparator.comparingLong(SpanSketch::startNanos).thenComparingLong(SpanSketch::row);

  private final List<SpanSketch> spans;

  /** For each span id, the span that its children hang from. */
  private final Map<Long, SpanSketch> owners = new HashMap<>();

  /** Row → children by start. */
  private final Map<Long, List<SpanSketch>> children = new HashMap<>();

  private TraceSummarizer(List<SpanSketch> spans) {
    this.spans = new ArrayList<>(spans);
    this.spans.sort(BY_START);
  }

  /**
   * The summary of a trace. Memory and time grow with its spans, n log n.
   *
   * @param spans at least one, each once
   */
  public static TraceSummary summarize(TraceId trace, List<SpanSketch> spans) {
    return new TraceSummarizer(spans).summarize(trace);
  }

  private TraceSummary summarize(TraceId trace) {
    linkChildren();
    SpanSketch root = root();
    SpanSketch named = root != null ? root : spans.getFirst();
    long start = spans.getFirst().startNanos();
    long end = spans.stream().mapToLong(SpanSketch::endNanos).max().orElse(start);
    int errors = (int) spans.stream().filter(SpanSketch::failed).count();
    List<SpanSketch> calls = spans.stream().filter(SpanSketch::callsDatabase).toList();
    return new TraceSummary(
        trace,
        named.service(),
        named.name(),
        root != null,
        start,
        Math.max(0, end - start),
        spans.size(),
        errors,
        calls.size(),
        calls.stream().mapToLong(SpanSketch::durationNanos).sum(),
        services());
  }

  private @Nullable SpanSketch root() {
    for (SpanSketch span : spans) {
      if (span.parentSpanId() == 0) {
        return span;
      }
    }
    return null;
  }

  /**
   * Children hang from the span that their parent id names. Where a client and a server share one
   * id, as Zipkin's do, they hang from the server's span, and that one from the client's.
   */
  private void linkChildren() {
    for (SpanSketch span : spans) {
      owners.merge(span.spanId(), span, (a, b) -> b.kind() == Span.Kind.SERVER ? b : a);
    }
    for (SpanSketch span : spans) {
      SpanSketch owner = owners.get(span.spanId());
      if (owner != null && owner != span && span.kind() == Span.Kind.CLIENT) {
        children.computeIfAbsent(span.row(), row -> new ArrayList<>()).add(owner);
      }
      SpanSketch parent = span.parentSpanId() == 0 ? null : owners.get(span.parentSpanId());
      if (parent != null && parent != span) {
        children.computeIfAbsent(parent.row(), row -> new ArrayList<>()).add(span);
      }
    }
    children.values().forEach(list -> list.sort(BY_START));
  }

  /** A span's time that none of its children covers. */
  private long selfNanos(SpanSketch span) {
    long covered = 0;
    long upTo = span.startNanos();
    for (SpanSketch child : children.getOrDefault(span.row(), List.of())) {
      long from = Math.max(upTo, child.startNanos());
      long to = Math.min(span.endNanos(), child.endNanos());
      if (to > from) {
        covered += to - from;
        upTo = to;
      }
    }
    return span.durationNanos() - covered;
  }

  private List<TraceSummary.ServicePart> services() {
    Map<String, long[]> parts = new HashMap<>();
    for (SpanSketch span : spans) {
      long[] part = parts.computeIfAbsent(span.service(), service -> new long[3]);
      part[0]++;
      part[1] += span.failed() ? 1 : 0;
      part[2] += selfNanos(span);
    }
    return parts.entrySet().stream()
        .map(
            e ->
                new TraceSummary.ServicePart(
                    e.getKey(), (int) e.getValue()[0], (int) e.getValue()[1], e.getValue()[2]))
        .sorted(
            Comparator.comparingLong(TraceSummary.ServicePart::selfNanos)
                .reversed()
                .thenComparing(TraceSummary.ServicePart::service))
        .toList();
  }
}
