package dev.sextant.trace;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.SpanId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spans that share their id with their caller's. Zipkin's tracers report the two ends of a call
 * under one id: spans are stored so, as a client's and a server's of the same id, and whatever
 * walks a tree of them ({@link dev.sextant.trace.model.TraceStructure}, {@link TraceSummarizer},
 * {@link ClockSkew}) hangs the server's from the client's and children of that id from the
 * server's. Those who know of no such thing are given spans that are told apart.
 */
public final class SharedSpans {
  /** The attribute, true, of a called span that was sent under its caller's id. */
  public static final String SHARED = "zipkin.shared";

  /** The attribute that holds the id which a span was sent under, in hexadecimal. */
  public static final String SHARED_ID = "zipkin.shared_id";

  private final List<Span> spans;

  /** By span id, the callers and the called spans that share it. */
  private final Map<Long, Span> callers = new HashMap<>();

  private final Map<Long, Span> called = new HashMap<>();

  private SharedSpans(List<Span> spans) {
    this.spans = spans;
  }

  /**
   * The same trace with every id once: where a caller and a called span share one, the called span
   * gets another id, made of the ids it had and its kind, so that it is always the same; its parent
   * is the caller's span, and the id it was sent under becomes the attribute {@link #SHARED_ID}.
   * Spans that named the shared id as their parent become children of the called span. Times and
   * order are unchanged. Linear in the number of spans.
   */
  public static Trace apart(Trace trace) {
    SharedSpans shared = new SharedSpans(trace.spans());
    return shared.find() ? new Trace(trace.traceId(), shared.toldApart()) : trace;
  }

  private boolean find() {
    for (Span span : spans) {
      switch (span.kind()) {
        case CLIENT, PRODUCER -> callers.putIfAbsent(span.spanId(), span);
        case SERVER, CONSUMER -> called.putIfAbsent(span.spanId(), span);
        case UNSPECIFIED, INTERNAL -> {}
      }
    }
    called.keySet().retainAll(callers.keySet());
    return !called.isEmpty();
  }

  private List<Span> toldApart() {
    List<Span> apart = new ArrayList<>(spans.size());
    for (Span span : spans) {
      Span child = with(span, span.spanId(), parent(span), span.attributes());
      apart.add(called.get(span.spanId()) == span ? renamed(span) : child);
    }
    return apart;
  }

  /** A span's parent, which is the called one of two that share an id. */
  private long parent(Span span) {
    @Nullable Span owner = called.get(span.parentSpanId());
    return owner == null || owner == span ? span.parentSpanId() : id(owner);
  }

  private static Span renamed(Span span) {
    List<Attributes.Entry> entries = new ArrayList<>(span.attributes().entries());
    entries.add(new Attributes.Entry(SHARED_ID, AttributeValue.of(SpanId.toHex(span.spanId()))));
    return with(span, id(span), span.spanId(), new Attributes(entries));
  }

  /** Never 0; two spans of a trace share one with a chance of 2^-64. */
  private static long id(Span span) {
    long mixed = span.traceId().high() * 0x9E3779B97F4A7C15L;
    mixed = mix(mixed ^ span.traceId().low());
    mixed = mix(mixed ^ span.spanId());
    mixed = mix(mixed + span.kind().ordinal());
    return mixed == 0 ? 1 : mixed;
  }

  /** SplitMix64's finalizer. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  private static Span with(Span span, long id, long parent, Attributes attributes) {
    if (id == span.spanId() && parent == span.parentSpanId()) {
      return span;
    }
    return new Span(
        span.traceId(),
        id,
        parent,
        span.name(),
        span.kind(),
        span.startNanos(),
        span.endNanos(),
        span.status(),
        span.statusMessage(),
        attributes,
        span.droppedAttributes(),
        span.events(),
        span.droppedEvents(),
        span.links(),
        span.droppedLinks(),
        span.traceState(),
        span.flags(),
        span.resource(),
        span.scope(),
        span.row());
  }
}
