package dev.sextant.collector.doors;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.sextant.collector.Collector;
import dev.sextant.collector.CollectorSettings;
import dev.sextant.collector.fixture.OtlpFixture;
import dev.sextant.collector.fixture.RecordingSink;
import dev.sextant.log.LogBatch;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.storage.Position;
import dev.sextant.storage.Sink;
import dev.sextant.trace.SpanBatch;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every door of other tracers' spans on one port, before a sink that a test answers for. */
final class Doors implements AutoCloseable {
  static final Sink.Written TAKEN = new Sink.Written.Accepted(new Position(0, 0));

  private final List<SpanBatch> offered = new CopyOnWriteArrayList<>();
  private volatile CompletionStage<Sink.Written> written = done(TAKEN);
  private final Collector collector =
      new Collector(
          new Collector.Sinks(
              this::offer, new RecordingSink<MetricsBatch>(), new RecordingSink<LogBatch>()),
          CollectorSettings.DEFAULT,
          InstantSource.fixed(OtlpFixture.NOW));
  private final Server server;

  Doors() {
    ServerBuilder builder = Server.builder().http(0);
    collector.zipkinRoutes().forEach((r, service) -> builder.route().addRoute(r).build(service));
    collector.jaegerRoutes().forEach((r, service) -> builder.route().addRoute(r).build(service));
    collector
        .skyWalkingRoutes()
        .forEach((r, service) -> builder.route().addRoute(r).build(service));
    server = builder.build();
    server.start().join();
  }

  private CompletionStage<Sink.Written> offer(SpanBatch batch) {
    offered.add(batch);
    return written;
  }

  private static CompletionStage<Sink.Written> done(Sink.Written answer) {
    return CompletableFuture.completedFuture(answer);
  }

  /** What the sink answers from now on. */
  void answer(Sink.Written answer) {
    written = done(answer);
  }

  /** The sink answers when the future does. */
  void answer(CompletionStage<Sink.Written> answer) {
    written = answer;
  }

  /** What the sink was offered. */
  List<SpanBatch> offered() {
    return offered;
  }

  Collector collector() {
    return collector;
  }

  int port() {
    return server.activeLocalPort();
  }

  /** An answer of either protocol. */
  record Answer(int code, String text, boolean again) {
    static Answer of(Door door, AggregatedHttpResponse response) {
      if (!door.isGrpc()
          || response.headers().get("grpc-status") == null
              && response.trailers().get("grpc-status") == null) {
        return new Answer(
            response.status().code(),
            response.contentUtf8(),
            response.headers().contains("retry-after"));
      }
      String status =
          response.trailers().get("grpc-status", response.headers().get("grpc-status", ""));
      return new Answer(
          Integer.parseInt(status),
          response.trailers().get("grpc-message", ""),
          response.trailers().contains("grpc-status-details-bin"));
    }
  }

  Answer post(Door door, byte[] body, String... headers) {
    return Answer.of(
        door,
        client()
            .execute(HttpRequest.of(head(door, headers), HttpData.wrap(body)))
            .aggregate()
            .join());
  }

  /** A request whose body a test writes part by part. */
  Open open(Door door) {
    HttpRequestWriter body = HttpRequest.streaming(head(door));
    return new Open(
        body, client().execute(body).aggregate().thenApply(answer -> Answer.of(door, answer)));
  }

  record Open(HttpRequestWriter body, CompletableFuture<Answer> answer) {}

  private WebClient client() {
    return WebClient.builder("h2c://127.0.0.1:" + port()).maxResponseLength(0).build();
  }

  private static RequestHeaders head(Door door, String... headers) {
    RequestHeadersBuilder head =
        RequestHeaders.builder(HttpMethod.POST, door.path).set("content-type", door.type);
    for (int i = 0; i < headers.length; i += 2) {
      head.set(headers[i], headers[i + 1]);
    }
    return head.build();
  }

  /** Forgets; fails where a body's memory is not given back, which may take a moment. */
  void reset() {
    offered.clear();
    answer(TAKEN);
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (collector.bodyMemory().used() != 0) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            collector.bodyMemory().used() + " bytes of bodies were never given back");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    var unused = server.stop(); // Netty takes two seconds, which nothing here waits for
  }
}
