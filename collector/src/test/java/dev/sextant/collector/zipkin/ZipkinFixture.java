package dev.sextant.collector.zipkin;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.sextant.collector.fixture.RecordingSink;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.otlp.SpanReceiver;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Losses;
import dev.sextant.storage.Sink;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.trace.SpanBatch;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The Zipkin services on a free port of the loopback. */
final class ZipkinFixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  static final long NOW_MICROS = NOW.getEpochSecond() * 1_000_000;

  final RecordingSink<SpanBatch> sink = new RecordingSink<>();
  final BodyMemory memory = new BodyMemory(256 << 20);
  final List<String> log = new CopyOnWriteArrayList<>();
  final Losses losses = new Losses(InstantSource.fixed(NOW), log::add);
  private final Server server;
  private final HttpClient client = HttpClient.newHttpClient();

  ZipkinFixture() {
    this(null);
  }

  /**
   * @param other to write to, or null for the recording sink
   */
  ZipkinFixture(Sink<SpanBatch> other) {
    InstantSource clock = InstantSource.fixed(NOW);
    SpanReceiver spans =
        new SpanReceiver(
            other == null ? sink : other,
            new EventWindow(clock, Duration.ofDays(36500), "retention.test"),
            OtlpLimits.DEFAULT);
    ServerBuilder builder = Server.builder().http(0);
    ZipkinService.routes(
            spans,
            new BoundedBody(memory),
            BodyLimits.DEFAULT,
            OtlpLimits.DEFAULT.maxRowBytes(),
            clock,
            losses.of("zipkin"))
        .forEach((route, service) -> builder.route().addRoute(route).build(service));
    server = builder.build();
    server.start().join();
  }

  HttpRequest request(String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.activeLocalPort() + "/zipkin/api" + path))
            .version(HttpClient.Version.HTTP_1_1)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  HttpResponse<String> post(String path, byte[] body, String... headers) {
    try {
      return client.send(request(path, body, headers), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> json(String path, String body) {
    return post(path, body.getBytes(StandardCharsets.UTF_8), "content-type", "application/json");
  }

  HttpClient client() {
    return client;
  }

  /** Fails where a body's memory is not given back; the client may be ahead by a moment. */
  void awaitMemory() {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (memory.used() != 0) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(memory.used() + " bytes of bodies were never given back");
      }
      Thread.onSpinWait();
    }
  }

  /** The requests that were written, in order. */
  List<ExportTraceServiceRequest> written() throws Exception {
    List<ExportTraceServiceRequest> requests = new ArrayList<>();
    for (SpanBatch batch : sink.batches()) {
      requests.add(ExportTraceServiceRequest.parseFrom(batch.payload()));
    }
    return requests;
  }

  /** All spans that were written, in order. */
  List<Span> spans() throws Exception {
    return written().stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  @Override
  public void close() {
    client.close();
    var unused = server.stop(); // Netty takes two seconds, which nothing here waits for
  }
}
