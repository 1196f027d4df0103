package dev.sextant.collector.skywalking;

import static dev.sextant.collector.fixture.OtlpFixture.NOW;

import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.sextant.collector.fixture.RecordingSink;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.otlp.LogReceiver;
import dev.sextant.collector.otlp.OtlpServices;
import dev.sextant.collector.otlp.SpanReceiver;
import dev.sextant.collector.otlp.metrics.MetricReceiver;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Losses;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.log.LogBatch;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.trace.SpanBatch;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.skywalking.apm.agent.core.conf.Config;
import org.apache.skywalking.apm.agent.core.logging.core.LogLevel;
import org.apache.skywalking.apm.dependencies.io.grpc.ManagedChannel;
import org.apache.skywalking.apm.dependencies.io.grpc.netty.NettyChannelBuilder;

/**
 * SkyWalking's services on a free port of the loopback, and the agent's own gRPC client to them.
 */
final class SkyWalkingFixture implements AutoCloseable {
  static final long MILLIS = NOW.toEpochMilli();

  static {
    // The agent's gRPC tells every frame otherwise.
    Config.Logging.LEVEL = LogLevel.OFF;
  }

  final RecordingSink<SpanBatch> spans = new RecordingSink<>();
  final RecordingSink<MetricsBatch> metrics = new RecordingSink<>();
  final RecordingSink<LogBatch> logs = new RecordingSink<>();
  final BodyMemory memory;
  final List<String> log = new CopyOnWriteArrayList<>();
  final Losses losses = new Losses(InstantSource.fixed(NOW), log::add);
  private final Server server;
  private final ManagedChannel channel;

  SkyWalkingFixture() {
    this(256 << 20);
  }

  SkyWalkingFixture(long bodyMemory) {
    memory = new BodyMemory(bodyMemory);
    ServerBuilder builder =
        Server.builder().http(0).maxRequestLength(0).serviceUnder("/", OtlpServices::notFound);
    services().routes().forEach(builder::service);
    server = builder.build();
    server.start().join();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port()).usePlaintext().build();
  }

  private SkyWalkingServices services() {
    InstantSource clock = InstantSource.fixed(NOW);
    EventWindow window = new EventWindow(clock, Duration.ofDays(7), "retention.test");
    return new SkyWalkingServices(
        new BoundedBody(memory),
        BodyLimits.DEFAULT,
        new SpanReceiver(spans, window, OtlpLimits.DEFAULT),
        new MetricReceiver(metrics, window, OtlpLimits.DEFAULT, SeriesLimits.DEFAULT, 1 << 20),
        new LogReceiver(logs, window, OtlpLimits.DEFAULT),
        clock,
        4096,
        losses);
  }

  int port() {
    return server.activeLocalPort();
  }

  ManagedChannel channel() {
    return channel;
  }

  private WebClient client() {
    return WebClient.builder("h2c://127.0.0.1:" + port()).maxResponseLength(0).build();
  }

  private static RequestHeaders headers(String path) {
    return RequestHeaders.of(
        HttpMethod.POST, path, "content-type", "application/grpc", "grpc-encoding", "gzip");
  }

  /** Posts bytes as the whole body of a call. */
  AggregatedHttpResponse raw(String path, byte[] body) {
    return client().execute(HttpRequest.of(headers(path), HttpData.wrap(body))).aggregate().join();
  }

  /** A call whose body a test writes part by part. */
  Open open(String path) {
    HttpRequestWriter writer = HttpRequest.streaming(headers(path));
    return new Open(writer, client().execute(writer).aggregate());
  }

  record Open(HttpRequestWriter body, CompletableFuture<AggregatedHttpResponse> answer) {}

  static byte[] frame(int flag, byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) flag)
        .putInt(message.length)
        .put(message)
        .array();
  }

  static String status(AggregatedHttpResponse response) {
    String inHeaders = response.headers().get("grpc-status");
    return inHeaders == null ? response.trailers().get("grpc-status") : inHeaders;
  }

  /** Every span written, as {@code span by name}. */
  Map<String, Span> written() {
    Map<String, Span> byName = new TreeMap<>();
    for (ResourceSpans resource : resourceSpans()) {
      resource
          .getScopeSpansList()
          .forEach(scope -> scope.getSpansList().forEach(s -> byName.put(s.getName(), s)));
    }
    return byName;
  }

  List<ResourceSpans> resourceSpans() {
    List<ResourceSpans> all = new ArrayList<>();
    try {
      for (SpanBatch batch : spans.batches()) {
        all.addAll(ExportTraceServiceRequest.parseFrom(batch.payload()).getResourceSpansList());
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  List<ResourceLogs> resourceLogs() {
    List<ResourceLogs> all = new ArrayList<>();
    try {
      for (LogBatch batch : logs.batches()) {
        all.addAll(ExportLogsServiceRequest.parseFrom(batch.payload()).getResourceLogsList());
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  /** Attributes as text; numbers with {@code #} before them. */
  static Map<String, String> map(List<KeyValue> attributes) {
    Map<String, String> map = new TreeMap<>();
    attributes.forEach(pair -> map.put(pair.getKey(), text(pair.getValue())));
    return map;
  }

  static Map<String, String> map(Resource resource) {
    return map(resource.getAttributesList());
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case INT_VALUE -> "#" + value.getIntValue();
      case BOOL_VALUE -> "#" + value.getBoolValue();
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(SkyWalkingFixture::text)
              .toList()
              .toString();
      default -> value.getStringValue();
    };
  }

  /**
   * Forgets what the sinks took; fails where a message's memory was not given back. The client may
   * be ahead of the server by a moment, which is waited for.
   */
  void reset() {
    spans.reset();
    metrics.reset();
    logs.reset();
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (memory.used() != 0) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(memory.used() + " bytes of messages were never given back");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    var unused = server.stop(); // Netty takes two seconds, which nothing here waits for
  }
}
