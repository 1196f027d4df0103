package dev.sextant.collector.zipkin;

import dev.sextant.storage.otlp.Slice;
import java.io.IOException;
import java.util.Locale;

/**
 * Version 2 as JSON.
 *
 * @see <a href="https://zipkin.io/zipkin-api/#/default/post_spans">Zipkin's API</a>
 */
final class JsonV2 {
  private static final String FORMAT = "Zipkin's JSON of version 2";

  private final JsonInput in;
  private final SpanTaker spans;
  private final ZipkinSpan span = new ZipkinSpan();

  private JsonV2(JsonInput in, SpanTaker spans) {
    this.in = in;
    this.spans = spans;
  }

  static void read(Slice body, SpanTaker spans) {
    JsonInput.list(body, FORMAT, in -> new JsonV2(in, spans).span());
  }

  private void span() throws IOException {
    String where = in.where();
    in.object(this::field);
    spans.ended(where, in.takeProblem(), () -> spans.take(span, where));
  }

  private void field(String name) throws IOException {
    switch (name) {
      case "traceId" -> JsonIds.trace(in, span);
      case "id" -> span.id = JsonIds.span(in);
      case "parentId" -> span.parent = JsonIds.span(in);
      case "kind" -> kind(in.text());
      case "name" -> span.name = in.text();
      case "timestamp" -> span.timestamp = in.whole();
      case "duration" -> span.duration = in.whole();
      case "localEndpoint" -> span.local = JsonEndpoint.read(in);
      case "remoteEndpoint" -> span.remote = JsonEndpoint.read(in);
      case "annotations" -> in.array(this::annotation);
      case "tags" -> in.object(this::tag);
      case "debug" -> span.debug = in.flag();
      case "shared" -> span.shared = in.flag();
      case "binaryAnnotations" -> {
        in.problem("this is a span of version 1; post it to /api/v1/spans");
        in.skip();
      }
      default -> in.skip();
    }
  }

  private void kind(String text) {
    switch (text.toUpperCase(Locale.ROOT)) {
      case "CLIENT" -> span.kind = ZipkinSpan.Kind.CLIENT;
      case "SERVER" -> span.kind = ZipkinSpan.Kind.SERVER;
      case "PRODUCER" -> span.kind = ZipkinSpan.Kind.PRODUCER;
      case "CONSUMER" -> span.kind = ZipkinSpan.Kind.CONSUMER;
      default -> in.problem("expected CLIENT, SERVER, PRODUCER or CONSUMER");
    }
  }

  private void tag(String key) throws IOException {
    String value = in.scalar();
    if (spans.hold(key.length() + value.length())) {
      span.tags.put(key, value);
    }
  }

  private void annotation() throws IOException {
    JsonAnnotation annotation = new JsonAnnotation();
    in.object(name -> annotation.field(in, name));
    if (annotation.isWhole(in) && spans.hold(annotation.value.length())) {
      span.annotations.add(new ZipkinSpan.Annotation(annotation.timestamp, annotation.value));
    }
  }
}
