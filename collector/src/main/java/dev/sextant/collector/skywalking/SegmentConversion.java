package dev.sextant.collector.skywalking;

import dev.sextant.collector.convert.ConvertedSpan;
import dev.sextant.collector.convert.ConvertedSpans;
import dev.sextant.collector.convert.SpanOrigin;
import dev.sextant.collector.receive.Rejections;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.otlp.TraceId;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the spans of segments as an OTLP request. For one message. */
final class SegmentConversion {
  /** Ids, times and attributes that a span gets beside what it says itself, in bytes. */
  private static final int PER_SPAN = 400;

  /** What a byte of a span becomes at most, as names of tags are not shorter than ours by more. */
  private static final int PER_BYTE = 2;

  /** A link, whole ids and all, of a reference that may be short. */
  private static final int PER_LINK = 200;

  private final ConvertedSpans spans = new ConvertedSpans();
  private final Rejections rejections = new Rejections();
  private final SegmentIds ids = new SegmentIds();
  private final Instances instances;
  private final ConversionMemory memory;

  SegmentConversion(Instances instances, ConversionMemory memory) {
    this.instances = instances;
    this.memory = memory;
  }

  /** Spans that cannot be kept. */
  Rejections rejections() {
    return rejections;
  }

  int size() {
    return spans.size();
  }

  ByteBuffer request() {
    return spans.request();
  }

  /** Adds a segment, or counts its spans as rejected. */
  void add(Slice bytes) {
    Segment segment = Segment.read(bytes);
    String objection = objection(segment);
    memory.keep(PER_SPAN + (long) bytes.length());
    SpanOrigin origin = SpanOrigin.of(instances.resource(segment.instance()));
    TraceId trace = ids.trace(segment.trace());
    ProtoReader in = new ProtoReader(bytes, Segment.DEPTH);
    while (in.next()) {
      if (in.field() == Segment.SPANS) {
        SegmentSpan span = SegmentSpan.read(in.slice(), Segment.DEPTH);
        add(segment, span, trace, origin, objection == null ? objection(span) : objection);
      } else {
        in.skip();
      }
    }
  }

  private static @Nullable String objection(Segment segment) {
    if (segment.instance().service().isEmpty()) {
      return "is of no service";
    }
    if (segment.trace().isEmpty()) {
      return "is in a segment without a trace id";
    }
    return segment.id().isEmpty() ? "is in a segment without an id" : null;
  }

  private static @Nullable String objection(SegmentSpan span) {
    return span.startMillis <= 0 ? "has no start time" : null;
  }

  private void add(
      Segment segment,
      SegmentSpan span,
      TraceId trace,
      SpanOrigin origin,
      @Nullable String objection) {
    if (objection != null) {
      rejections.add("the span '" + Rejections.shortened(span.operation) + "' " + objection);
      return;
    }
    memory.keep(
        PER_SPAN
            + segment.trace().length()
            + segment.id().length()
            + (long) PER_BYTE * span.bytes.length());
    ConvertedSpan out = spans.begin(origin);
    out.name(span.operation)
        .kind(span.kind())
        .times(
            Times.nanos(span.startMillis), Times.nanos(Math.max(span.startMillis, span.endMillis)));
    if (span.parent < 0) {
      out.attribute("sw8.segment_id", segment.id());
      if (!SegmentIds.isOtlp(segment.trace())) {
        out.attribute("sw8.trace_id", segment.trace());
      }
    }
    Lists lists = new Lists(segment, span, out);
    lists.walk();
    SpanPeers.write(span, lists.tags.namesDatabase(), out);
    out.ids(trace.high(), trace.low(), ids.span(segment.id(), span.id), lists.parent);
    if (span.isError) {
      out.error(lists.errorMessage);
    }
    out.end();
  }

  /** The walk over a span's references, tags and logs, in the order in which they lie. */
  private final class Lists {
    private final Segment segment;
    private final SegmentSpan span;
    private final ConvertedSpan out;
    private final SpanTags tags;
    private long parent;
    private String errorMessage = "";

    private Lists(Segment segment, SegmentSpan span, ConvertedSpan out) {
      this.segment = segment;
      this.span = span;
      this.out = out;
      this.tags = new SpanTags(out, span.isExit() && span.layer == SegmentSpan.CACHE);
      this.parent = span.parent < 0 ? 0 : ids.span(segment.id(), span.parent);
    }

    private void walk() {
      ProtoReader in = new ProtoReader(span.bytes, Segment.DEPTH);
      while (in.next()) {
        switch (in.field()) {
          case SegmentSpan.REFS -> reference(SegmentReference.read(in));
          case SegmentSpan.TAGS -> {
            KeyValue tag = KeyValue.read(in);
            tags.write(tag.key(), tag.value());
          }
          case SegmentSpan.LOGS -> {
            SpanLog log = SpanLog.read(in, memory);
            log.write(out);
            errorMessage = errorMessage.isEmpty() ? log.errorMessage() : errorMessage;
          }
          default -> in.skip();
        }
      }
    }

    /** The first within the trace is the parent of a span that has none, the others are links. */
    private void reference(SegmentReference reference) {
      if (reference.segment().isEmpty()) {
        return;
      }
      memory.keep(PER_LINK);
      boolean own = reference.trace().isEmpty() || reference.trace().equals(segment.trace());
      long id = ids.span(reference.segment(), reference.span());
      if (own && parent == 0) {
        parent = id;
        return;
      }
      String trace = own ? segment.trace() : reference.trace();
      TraceId linked = ids.trace(trace);
      Map<String, AttributeValue> attributes = new LinkedHashMap<>();
      attributes.put(
          "sw8.ref_type",
          AttributeValue.of(reference.crossesThreads() ? "cross_thread" : "cross_process"));
      if (!own && !SegmentIds.isOtlp(trace)) {
        attributes.put("sw8.trace_id", AttributeValue.of(trace));
      }
      out.link(linked.high(), linked.low(), id, attributes);
    }
  }
}
