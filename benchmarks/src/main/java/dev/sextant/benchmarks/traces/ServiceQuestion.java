package dev.sextant.benchmarks.traces;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a service asks about its spans of a time, and what the generator knows of the
 * answer. {@link #see} for one thread, before anything else.
 */
final class ServiceQuestion {
  /** Traces that the critical path of an operation is told from. */
  private static final int SAMPLED = 100;

  /** What is asked. */
  enum Kind {
    CALLS("calls"),
    CALLS_OF_OPERATION("calls"),
    ERRORS("errors"),
    VERSIONS("versions"),
    CRITICAL_PATH("critical-path");

    private final String path;

    Kind(String path) {
      this.path = path;
    }
  }

  final Kind kind;
  private final String service;
  private final @Nullable String operation;
  private final long fromMillis;
  private final long toMillis;
  private final Set<Long> traces = new HashSet<>();
  private long spans;
  private long failed;
  private long nanos;

  /**
   * @param operation of which {@link Kind#CALLS_OF_OPERATION} and {@link Kind#CRITICAL_PATH} ask,
   *     as our server calls it
   */
  ServiceQuestion(
      Kind kind, String service, @Nullable String operation, long fromMillis, long toMillis) {
    this.kind = kind;
    this.service = service;
    this.operation = operation;
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
  }

  String service() {
    return service;
  }

  /** Notes a trace. */
  void see(MadeTrace trace) {
    for (MadeSpan span : trace.spans()) {
      if (span.service.name.equals(service)
          && span.startNanos >= fromMillis * 1_000_000
          && span.startNanos < toMillis * 1_000_000
          && counts(trace, span)) {
        spans++;
        failed += span.failed ? 1 : 0;
        nanos += span.durationNanos;
        traces.add(trace.number());
      }
    }
  }

  private boolean counts(MadeTrace trace, MadeSpan span) {
    return switch (kind) {
      case CALLS -> isCall(span);
      case CALLS_OF_OPERATION -> isCall(span) && isServed(served(trace, span));
      case ERRORS -> span.failed || !span.events.isEmpty();
      case VERSIONS -> span.isServing();
      case CRITICAL_PATH -> span.isServing() && isServed(span);
    };
  }

  private static boolean isCall(MadeSpan span) {
    return span.kind == SpanKind.SPAN_KIND_CLIENT || span.kind == SpanKind.SPAN_KIND_PRODUCER;
  }

  private boolean isServed(@Nullable MadeSpan span) {
    return span != null
        && span.service.name.equals(service)
        && span.operationName.equals(operation);
  }

  /** The nearest span above that served something, or null. */
  private static @Nullable MadeSpan served(MadeTrace trace, MadeSpan span) {
    for (int at = span.parent; at >= 0; at = trace.spans().get(at).parent) {
      if (trace.spans().get(at).isServing()) {
        return trace.spans().get(at);
      }
    }
    return null;
  }

  /** Path and query of the request. */
  String request() {
    String path =
        "/sextant/v1/services/%s/%s?from=%d&to=%d"
            .formatted(SpanTest.encoded(service), kind.path, fromMillis, toMillis);
    return operation == null ? path : path + "&operation=" + SpanTest.encoded(operation);
  }

  @Override
  public String toString() {
    return request();
  }

  /** What is wrong with an answer, or null. */
  @Nullable String wrong(JsonNode answer) {
    return switch (kind) {
      case CALLS, CALLS_OF_OPERATION -> {
        Figures found = new Figures();
        answer.path("calls").forEach(found::add);
        found.add(answer.path("other"));
        yield found.unlike(spans, failed, nanos);
      }
      case ERRORS -> unlike("spans", answer.path("spans").asLong(), spans);
      case VERSIONS -> unlike("spans", answer.path("spans").asLong(), spans);
      case CRITICAL_PATH -> wrongPath(answer);
    };
  }

  private @Nullable String wrongPath(JsonNode answer) {
    long sum = answer.path("otherNanos").asLong();
    for (JsonNode part : answer.path("parts")) {
      sum += part.path("nanos").asLong();
    }
    if (sum != answer.path("totalNanos").asLong()) {
      return "parts of %d ns, not %s".formatted(sum, answer.path("totalNanos"));
    }
    if (answer.path("all").asBoolean()) {
      String found = unlike("requests", answer.path("requests").asLong(), spans);
      return found != null ? found : unlike("nanoseconds", sum, nanos);
    }
    // A few of those that are looked at may only overlap the range, and have no request in it.
    int least = Math.min(traces.size(), SAMPLED * 4 / 5);
    int looked = answer.path("traces").asInt();
    return looked >= least && looked <= SAMPLED
        ? null
        : "%d traces looked at of %d".formatted(looked, traces.size());
  }

  private static @Nullable String unlike(String what, long found, long expected) {
    return found == expected ? null : "%d %s, not %d".formatted(found, what, expected);
  }

  /** Sums over groups of calls. */
  private static final class Figures {
    private long count;
    private long errors;
    private long nanos;

    void add(JsonNode group) {
      count += group.path("count").asLong();
      errors += group.path("errors").asLong();
      nanos += group.path("totalNanos").asLong();
    }

    @Nullable String unlike(long spans, long failed, long duration) {
      return count == spans && errors == failed && nanos == duration
          ? null
          : "%d calls, %d failed, %d ns, not %d, %d, %d"
              .formatted(count, errors, nanos, spans, failed, duration);
    }
  }
}
