package dev.sextant.collector.zipkin;

import dev.sextant.storage.otlp.Slice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 as JSON.
 *
 * @see <a href="https://github.com/openzipkin/zipkin-api/blob/master/zipkin-api.yaml">version 1 of
 *     Zipkin's API</a>
 */
final class JsonV1 {
  private static final String FORMAT = "Zipkin's JSON of version 1";

  private final JsonInput in;
  private final SpanTaker spans;
  private final V1Span span = new V1Span();

  private JsonV1(JsonInput in, SpanTaker spans) {
    this.in = in;
    this.spans = spans;
  }

  static void read(Slice body, SpanTaker spans) {
    JsonInput.list(body, FORMAT, in -> new JsonV1(in, spans).span());
  }

  private void span() throws IOException {
    String where = in.where();
    in.object(this::field);
    spans.ended(where, in.takeProblem(), () -> V1Halves.take(span, where, spans));
  }

  private void field(String name) throws IOException {
    ZipkinSpan common = span.common;
    switch (name) {
      case "traceId" -> JsonIds.trace(in, common);
      case "id" -> common.id = JsonIds.span(in);
      case "parentId" -> common.parent = JsonIds.span(in);
      case "name" -> common.name = in.text();
      case "timestamp" -> common.timestamp = in.whole();
      case "duration" -> common.duration = in.whole();
      case "annotations" -> in.array(this::annotation);
      case "binaryAnnotations" -> in.array(this::binaryAnnotation);
      case "debug" -> common.debug = in.flag();
      case "localEndpoint", "remoteEndpoint", "kind", "tags" -> {
        in.problem("this is a span of version 2; post it to /api/v2/spans");
        in.skip();
      }
      default -> in.skip();
    }
  }

  private void annotation() throws IOException {
    JsonAnnotation read = new JsonAnnotation();
    in.object(name -> read.field(in, name));
    if (read.isWhole(in) && spans.hold(read.value.length() + read.endpoint.length())) {
      span.annotations.add(new V1Span.Annotation(read.timestamp, read.value, read.endpoint));
    }
  }

  private void binaryAnnotation() throws IOException {
    Binary read = new Binary();
    in.object(
        name -> {
          switch (name) {
            case "key" -> read.key = in.text();
            case "value" -> {
              read.flag = in.isBoolean();
              read.value = in.scalar();
            }
            case "endpoint" -> read.endpoint = JsonEndpoint.read(in);
            default -> in.skip();
          }
        });
    String value = read.value;
    if (read.key.isEmpty() || value == null) {
      in.problem("a binary annotation needs a key and a value");
      return;
    }
    if (spans.hold(read.key.length() + value.length() + read.endpoint.length())) {
      span.binaryAnnotations.add(
          new V1Span.BinaryAnnotation(read.key, value, read.flag, read.endpoint));
    }
  }

  private static final class Binary {
    String key = "";
    @Nullable String value;
    boolean flag;
    ZipkinEndpoint endpoint = ZipkinEndpoint.NONE;
  }
}
