package dev.sextant.collector.operation;

import static dev.sextant.collector.fixture.OtlpFixture.NOW;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sextant.collector.fixture.Otlp;
import dev.sextant.collector.fixture.RecordingSink;
import dev.sextant.storage.Sink;
import dev.sextant.storage.file.Disk;
import dev.sextant.trace.SpanBatch;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Sends spans through the door, and reads what comes out behind it. */
final class NamedSpans implements AutoCloseable {
  static final OperationNameSettings DEFAULT = OperationNameSettings.DEFAULT;

  final OperationNames names;
  private final RecordingSink<SpanBatch> sink = new RecordingSink<>();
  private final Sink<SpanBatch> door;

  NamedSpans(OperationNameSettings settings, Path file, Instant now) throws IOException {
    names = OperationNames.open(settings, file, Disk.local(), () -> now);
    door = names.before(sink);
  }

  NamedSpans(OperationNameSettings settings, Path directory) throws IOException {
    this(settings, directory.resolve("operation-names.json"), NOW);
  }

  static OperationNameSettings settings(int maxValues, int maxPaths, long memory, String... keep) {
    return new OperationNameSettings(
        true, false, maxValues, maxPaths, memory, Set.of(keep), 32 << 20);
  }

  /** The name of a server span of the service {@code shop}. */
  String name(String name, KeyValue... attributes) {
    return span("shop", server(name, attributes)).getName();
  }

  static Span.Builder server(String name, KeyValue... attributes) {
    return Otlp.span(1, 1, NOW)
        .setName(name)
        .setKind(SpanKind.SPAN_KIND_SERVER)
        .addAllAttributes(Arrays.asList(attributes));
  }

  /** The names that a service's spans get, each once. */
  Set<String> namesOf(String service, Stream<String> sent) {
    Set<String> found = new TreeSet<>();
    sent.forEach(name -> found.add(span(service, server(name)).getName()));
    return found;
  }

  Span span(String service, Span.Builder span) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .setResource(Otlp.resource("service.name", service))
        .addScopeSpansBuilder()
        .addSpans(span);
    try {
      return ExportTraceServiceRequest.parseFrom(send(request.build().toByteArray(), 1).payload())
          .getResourceSpans(0)
          .getScopeSpans(0)
          .getSpans(0);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The batch that comes out for a request's bytes. */
  SpanBatch send(byte[] request, int rows) {
    sink.reset();
    // Bytes of a request need not begin where their array does.
    byte[] within = new byte[request.length + 7];
    System.arraycopy(request, 0, within, 3, request.length);
    ByteBuffer payload = ByteBuffer.wrap(within, 3, request.length).slice();
    var unused = door.write(new SpanBatch("default", rows, payload));
    return sink.only();
  }

  /** An attribute's text, or null. */
  static String attribute(Span span, String key) {
    List<String> found =
        span.getAttributesList().stream()
            .filter(each -> each.getKey().equals(key))
            .map(each -> each.getValue().getStringValue())
            .toList();
    if (found.size() > 1) {
      throw new AssertionError(key + " stands " + found.size() + " times");
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  @Override
  public void close() {
    names.close();
  }
}
