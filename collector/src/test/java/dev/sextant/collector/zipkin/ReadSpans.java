package dev.sextant.collector.zipkin;

import dev.sextant.storage.otlp.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import zipkin2.Endpoint;
import zipkin2.Span;

/** What a reader gives, in Zipkin's own classes. */
final class ReadSpans implements SpanTaker {
  final List<Span> spans = new ArrayList<>();
  final List<String> rejected = new ArrayList<>();

  static ReadSpans of(ZipkinFormat format, byte[] body) {
    ReadSpans read = new ReadSpans();
    try {
      format.read(Slice.of(body), read);
    } catch (UnreadableException e) {
      throw new AssertionError(e.outcome().toString(), e);
    }
    return read;
  }

  static ReadSpans of(ZipkinFormat format, String body) {
    return of(format, body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean hold(long length) {
    return true;
  }

  @Override
  public void ended(String where, String problem, Runnable taking) {
    if (problem == null) {
      taking.run();
    } else {
      reject(problem);
    }
  }

  @Override
  public void take(ZipkinSpan span, String where) {
    String problem = SpanMapping.problem(span);
    if (problem == null) {
      spans.add(span(span));
    } else {
      reject(where + ": " + problem);
    }
  }

  @Override
  public void reject(String why) {
    rejected.add(why);
  }

  private static Span span(ZipkinSpan span) {
    Span.Builder builder =
        Span.newBuilder()
            .traceId(span.traceHigh, span.traceLow)
            .id(span.id)
            .parentId(span.parent)
            .name(span.name)
            .timestamp(span.timestamp)
            .duration(span.duration)
            .localEndpoint(endpoint(span.local))
            .remoteEndpoint(endpoint(span.remote));
    if (span.kind != ZipkinSpan.Kind.NONE) {
      builder.kind(Span.Kind.valueOf(span.kind.name()));
    }
    if (span.debug) {
      builder.debug(true);
    }
    if (span.shared) {
      builder.shared(true);
    }
    span.annotations.forEach(a -> builder.addAnnotation(a.timestamp(), a.value()));
    span.tags.forEach(builder::putTag);
    return builder.build();
  }

  private static Endpoint endpoint(ZipkinEndpoint endpoint) {
    return Endpoint.newBuilder()
        .serviceName(endpoint.service())
        .ip(endpoint.address())
        .port(endpoint.port())
        .build();
  }
}
