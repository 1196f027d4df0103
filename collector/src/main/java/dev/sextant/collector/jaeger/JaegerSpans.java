package dev.sextant.collector.jaeger;

import dev.sextant.collector.convert.ConvertedSpan;
import dev.sextant.collector.convert.ConvertedSpans;
import dev.sextant.collector.convert.SpanOrigin;
import dev.sextant.collector.receive.Rejections;
import dev.sextant.storage.otlp.AttributeValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers Jaeger's spans as an OTLP request. What OpenTelemetry has a place for moves there from
 * the tags; everything else stays an attribute of its own type. For one message.
 *
 * @see <a
 *     href="https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/jaeger/">OpenTelemetry's
 *     mapping</a>
 */
final class JaegerSpans {
  /** Strings that Jaeger says of a span; the key under which Jaeger itself keeps them in OTLP. */
  static final String WARNINGS = "@jaeger@warnings";

  /** True where the flag that forces sampling was set, which OTLP has no place for. */
  static final String DEBUG = "jaeger.debug";

  static final String REF_TYPE = "opentracing.ref_type";

  /** Heap of one more resource or scope, near enough to bound it by. */
  private static final int ORIGIN = 1024;

  private final ConvertedSpans spans = new ConvertedSpans();
  private final Rejections rejections = new Rejections();
  private final TagMemory memory;
  private JaegerSpan.Process lastProcess = JaegerSpan.Process.NONE;
  private SpanOrigin lastOrigin = SpanOrigin.of(Map.of());

  JaegerSpans(TagMemory memory) {
    this.memory = memory;
  }

  TagMemory memory() {
    return memory;
  }

  /** Spans that were not written. */
  Rejections rejections() {
    return rejections;
  }

  /** Spans that were written. */
  int size() {
    return spans.size();
  }

  ByteBuffer request() {
    return spans.request();
  }

  /** Writes one span, or counts it as rejected. */
  void add(JaegerSpan span, JaegerSpan.Process ofBatch) {
    String objection = objection(span);
    if (objection == null) {
      write(span, span.process == null ? ofBatch : span.process);
    } else {
      rejections.add("the span '" + Rejections.shortened(span.operation) + "' " + objection);
    }
    memory.spanWritten();
  }

  private @Nullable String objection(JaegerSpan span) {
    if (memory.isTooLarge()) {
      return "has tags and logs that take more than " + TagMemory.PER_SPAN + " bytes";
    }
    if (span.trace.isNone()) {
      return "has no trace id";
    }
    return span.id == 0 ? "has no span id" : null;
  }

  private void write(JaegerSpan span, JaegerSpan.Process process) {
    Map<String, AttributeValue> tags = span.tags;
    ConvertedSpan out = spans.begin(origin(process, tags));
    ConvertedSpan.Kind kind = takeKind(tags);
    long parent = span.parentOrPredecessor();
    out.ids(span.trace.high(), span.trace.low(), span.id, parent)
        .name(span.operation)
        .kind(kind)
        .times(span.startNanos, span.endNanos())
        .flags(span.flags & JaegerSpan.SAMPLED);
    TagStatus.take(tags, kind, out);
    out.traceState(take(tags, "w3c.tracestate"));
    tags.forEach(out::attribute);
    if ((span.flags & JaegerSpan.DEBUG) != 0) {
      out.attribute(DEBUG, AttributeValue.of(true));
    }
    if (!span.warnings.isEmpty()) {
      List<AttributeValue> texts = new ArrayList<>();
      span.warnings.forEach(text -> texts.add(AttributeValue.of(text)));
      out.attribute(WARNINGS, new AttributeValue.Array(texts));
    }
    span.logs.forEach(log -> LogFields.write(log, out));
    span.references.forEach(reference -> link(reference, span, parent, out));
    out.end();
  }

  /** Every reference but the one that the parent says. */
  private static void link(
      JaegerSpan.Reference reference, JaegerSpan span, long parent, ConvertedSpan out) {
    boolean isParent =
        !reference.followsFrom()
            && reference.span() == parent
            && reference.trace().equals(span.trace);
    if (!isParent) {
      out.link(
          reference.trace().high(),
          reference.trace().low(),
          reference.span(),
          Map.of(
              REF_TYPE, AttributeValue.of(reference.followsFrom() ? "follows_from" : "child_of")));
    }
  }

  private SpanOrigin origin(JaegerSpan.Process process, Map<String, AttributeValue> tags) {
    String scope = take(tags, "otel.scope.name", "otel.library.name");
    String version = take(tags, "otel.scope.version", "otel.library.version");
    boolean known =
        process == lastProcess
            && scope.equals(lastOrigin.scope())
            && version.equals(lastOrigin.scopeVersion());
    if (!known) {
      memory.keep(ORIGIN);
      lastOrigin = new SpanOrigin(ResourceTags.of(process), scope, version);
      lastProcess = process;
    }
    return lastOrigin;
  }

  private static ConvertedSpan.Kind takeKind(Map<String, AttributeValue> tags) {
    @Nullable AttributeValue named = tags.get("span.kind");
    ConvertedSpan.Kind kind =
        switch (named == null ? "" : named.asText().toLowerCase(Locale.ROOT)) {
          case "server" -> ConvertedSpan.Kind.SERVER;
          case "client" -> ConvertedSpan.Kind.CLIENT;
          case "producer" -> ConvertedSpan.Kind.PRODUCER;
          case "consumer" -> ConvertedSpan.Kind.CONSUMER;
          case "internal" -> ConvertedSpan.Kind.INTERNAL;
          default -> ConvertedSpan.Kind.UNSPECIFIED;
        };
    if (kind != ConvertedSpan.Kind.UNSPECIFIED) {
      tags.remove("span.kind");
    }
    return kind;
  }

  /** Removes all of the keys; the text of the first that was there. */
  private static String take(Map<String, AttributeValue> tags, String... keys) {
    String text = "";
    for (String key : keys) {
      AttributeValue value = tags.remove(key);
      if (value != null && text.isEmpty()) {
        text = value.asText();
      }
    }
    return text;
  }
}
