package dev.sextant.api.tempo;

import dev.sextant.storage.otlp.SpanId;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.FoundTrace;
import dev.sextant.traceql.SearchAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A search's answer as Tempo's {@code SearchResponse}. */
final class SearchMessage {
  private static final String NO_ROOT = "<root span not yet received>";
  private static final long MAX_UINT32 = (1L << 32) - 1;
  private static final int PARTIAL = 1;
  private static final String DAMAGED =
      "some spans are missing: blocks are damaged, or traces have more spans than"
          + " storage.traces.max-trace-spans; the log says more";

  private SearchMessage() {}

  static void write(MessageWriter out, SearchAnswer answer) throws IOException {
    out.list(1, "traces", answer.traces(), SearchMessage::trace);
    out.message(2, "metrics", metrics -> metrics(metrics, answer.tracesRead(), answer.inspected()));
    partial(out, null, answer.inspected());
  }

  /**
   * What is missing, as {@code status} and {@code message}; a search has them here too.
   *
   * @param reason null for none
   */
  static void partial(MessageWriter out, @Nullable String reason, SpanSource.Inspected inspected)
      throws IOException {
    List<String> reasons = new ArrayList<>();
    if (reason != null) {
      reasons.add(reason);
    }
    if (!inspected.complete()) {
      reasons.add(DAMAGED);
    }
    if (!reasons.isEmpty()) {
      out.choice(3, "status", PARTIAL, "PARTIAL");
      out.text(4, "message", String.join("; ", reasons));
    }
  }

  /** Tempo's {@code SearchMetrics}; a query is one job here. */
  static void metrics(MessageWriter out, long traces, SpanSource.Inspected inspected)
      throws IOException {
    out.uint32(1, "inspectedTraces", Math.min(traces, MAX_UINT32));
    out.uint64(2, "inspectedBytes", inspected.bytes());
    out.uint32(3, "totalBlocks", inspected.totalBlocks());
    out.uint32(4, "completedJobs", 1);
    out.uint32(5, "totalJobs", 1);
    out.uint64(7, "inspectedSpans", inspected.spans());
  }

  private static void trace(MessageWriter out, FoundTrace trace) throws IOException {
    String id = new TraceId(trace.traceHigh(), trace.traceLow()).toString();
    out.text(1, "traceID", id.replaceFirst("^0+(?!$)", ""));
    if (trace.rootName() == null) {
      out.text(2, "rootServiceName", NO_ROOT);
    } else {
      out.text(2, "rootServiceName", trace.rootService() == null ? "" : trace.rootService());
      out.text(3, "rootTraceName", trace.rootName());
    }
    out.uint64(4, "startTimeUnixNano", trace.startNanos());
    out.uint32(5, "durationMs", Math.min(trace.durationNanos() / 1_000_000, MAX_UINT32));
    FoundTrace.Spanset first = trace.spansets().getFirst();
    out.message(6, "spanSet", spanset -> spanset(spanset, first));
    out.list(7, "spanSets", trace.spansets(), SearchMessage::spanset);
    out.map(
        8,
        "serviceStats",
        new TreeMap<>(trace.services()),
        (stats, service) -> {
          stats.uint32(1, "spanCount", service.spans());
          stats.uint32(2, "errorCount", service.errors());
        });
  }

  private static void spanset(MessageWriter out, FoundTrace.Spanset spanset) throws IOException {
    out.list(1, "spans", spanset.spans(), SearchMessage::span);
    out.uint32(2, "matched", Math.min(spanset.matched(), MAX_UINT32));
    ValueMessage.named(out, 3, "attributes", spanset.attributes());
  }

  private static void span(MessageWriter out, FoundTrace.Span span) throws IOException {
    out.text(1, "spanID", SpanId.toHex(span.spanId()));
    out.text(2, "name", span.name() == null ? "" : span.name());
    out.uint64(3, "startTimeUnixNano", span.startNanos());
    out.uint64(4, "durationNanos", span.durationNanos());
    ValueMessage.named(out, 5, "attributes", span.attributes());
  }
}
