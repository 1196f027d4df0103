package dev.sextant.testing.jaeger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jaegertracing.agent.thrift.Agent;
import io.jaegertracing.internal.JaegerSpan;
import io.jaegertracing.internal.JaegerTracer;
import io.jaegertracing.internal.exceptions.SenderException;
import io.jaegertracing.internal.metrics.InMemoryMetricsFactory;
import io.jaegertracing.internal.metrics.Metrics;
import io.jaegertracing.internal.reporters.RemoteReporter;
import io.jaegertracing.internal.samplers.ConstSampler;
import io.jaegertracing.internal.samplers.HttpSamplingManager;
import io.jaegertracing.internal.samplers.RemoteControlledSampler;
import io.jaegertracing.spi.Sender;
import io.jaegertracing.thrift.internal.reporters.protocols.ThriftUdpTransport;
import io.jaegertracing.thrift.internal.senders.HttpSender;
import io.jaegertracing.thrift.internal.senders.ThriftSender;
import io.jaegertracing.thrift.internal.senders.UdpSender;
import io.jaegertracing.thriftjava.Batch;
import io.jaegertracing.thriftjava.Process;
import io.jaegertracing.thriftjava.Span;
import io.opentracing.References;
import io.opentracing.tag.Tags;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Jaeger's Java client sends, and OpenTracing through it, is found with all it said. */
class JaegerClientIT {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  @TempDir static Path dir;
  private static JaegerServer server;

  @BeforeAll
  static void start() {
    server =
        new JaegerServer(
            dir,
            Clock.systemUTC(),
            "listen.ports.jaeger-udp-compact=0",
            "listen.ports.jaeger-udp-binary=0",
            "listen.ports.jaeger-collector=0",
            "listen.ports.jaeger-sampling=0",
            "ingest.jaeger.sampling.probability=0.25",
            "ingest.jaeger.sampling.operations=[{name: health, probability: 0}]",
            "ingest.jaeger.sampling.services=[{name: cart, probability: 0.5, operations: [{name: checkout, probability: 1}]}, {name: batch, traces-per-second: 5}]");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A trace as the client made it. */
  private record Sent(JaegerSpan root, JaegerSpan child, JaegerSpan later) {}

  private static Sent send(Sender sender, boolean ids128) {
    InMemoryMetricsFactory counts = new InMemoryMetricsFactory();
    Metrics metrics = new Metrics(counts);
    JaegerTracer.Builder builder =
        new JaegerTracer.Builder("cart")
            .withReporter(
                new RemoteReporter.Builder().withSender(sender).withMetrics(metrics).build())
            .withMetrics(metrics)
            .withSampler(new ConstSampler(true))
            .withTag("zone", "eu-1")
            .withTag("replicas", 3);
    Sent sent;
    try (JaegerTracer tracer = (ids128 ? builder.withTraceId128Bit() : builder).build()) {
      sent = trace(tracer);
    }
    assertThat(counts.getCounter("jaeger_tracer_reporter_spans", "result=ok")).isEqualTo(3);
    return sent;
  }

  private static Sent trace(JaegerTracer tracer) {
    JaegerSpan root =
        tracer
            .buildSpan("checkout")
            .withTag(Tags.SPAN_KIND.getKey(), Tags.SPAN_KIND_SERVER)
            .withTag("user", "ann")
            .withTag("vip", true)
            .withTag("items", 3)
            .withTag("ratio", 72.5)
            .start();
    JaegerSpan child = tracer.buildSpan("reserve").asChildOf(root).start();
    child.log(child.getStart() + 10, "asked the stock");
    child.log(child.getStart() + 20, Map.of("event", "cache miss", "tries", 2));
    Tags.ERROR.set(child, true);
    child.log(
        Map.of(
            "event", "error", "error.kind", "SoldOut", "message", "no stock", "stack", "at Stock"));
    child.finish();
    root.finish();
    JaegerSpan later =
        tracer.buildSpan("mail").addReference(References.FOLLOWS_FROM, root.context()).start();
    later.finish();
    return new Sent(root, child, later);
  }

  private static String id(JaegerSpan span) {
    return "%016x".formatted(span.context().getSpanId());
  }

  private static void isFound(Sent sent) {
    String traceId = sent.root().context().getTraceId();
    JsonNode trace = server.trace(traceId);
    assertThat(trace.at("/traceID").asText()).isEqualTo(traceId);
    assertThat(trace.at("/spans")).hasSize(3);
    assertThat(trace.at("/processes")).hasSize(1);
    assertThat(trace.at("/processes/p1/serviceName").asText()).isEqualTo("cart");
    assertThat(JaegerServer.tags(trace.at("/processes/p1/tags")))
        .contains(
            entry("zone", "string eu-1"),
            entry("replicas", "int64 3"),
            entry("telemetry.sdk.language", "string java"),
            entry("telemetry.sdk.version", "string 1.8.1"))
        .containsKeys("host.name", "ip");
    JsonNode root = JaegerServer.span(trace, "checkout");
    assertThat(root.at("/spanID").asText()).isEqualTo(id(sent.root()));
    assertThat(root.at("/startTime").asLong()).isEqualTo(sent.root().getStart());
    assertThat(root.at("/duration").asLong()).isEqualTo(sent.root().getDuration());
    assertThat(root.at("/flags").asInt()).isEqualTo(1);
    assertThat(JaegerServer.references(root)).isEmpty();
    assertThat(JaegerServer.tags(root.at("/tags")))
        .contains(
            entry("span.kind", "string server"),
            entry("user", "string ann"),
            entry("vip", "bool true"),
            entry("items", "int64 3"),
            entry("ratio", "float64 72.5"),
            entry("sampler.type", "string const"),
            entry("sampler.param", "bool true"));
    childIsFound(sent, traceId, JaegerServer.span(trace, "reserve"));
    assertThat(JaegerServer.references(JaegerServer.span(trace, "mail")))
        .contains("FOLLOWS_FROM " + traceId + " " + id(sent.root()));
  }

  private static void childIsFound(Sent sent, String traceId, JsonNode child) {
    assertThat(JaegerServer.references(child))
        .containsExactly("CHILD_OF " + traceId + " " + id(sent.root()));
    assertThat(JaegerServer.tags(child.at("/tags"))).contains(entry("error", "bool true"));
    assertThat(child.at("/logs")).hasSize(3);
    assertThat(child.at("/logs/0/timestamp").asLong()).isEqualTo(sent.child().getStart() + 10);
    assertThat(JaegerServer.tags(child.at("/logs/0/fields")))
        .isEqualTo(Map.of("event", "string asked the stock"));
    assertThat(JaegerServer.tags(child.at("/logs/1/fields")))
        .isEqualTo(Map.of("event", "string cache miss", "tries", "int64 2"));
    assertThat(JaegerServer.tags(child.at("/logs/2/fields")))
        .isEqualTo(
            Map.of(
                "event", "string exception",
                "exception.type", "string SoldOut",
                "exception.message", "string no stock",
                "exception.stacktrace", "string at Stock"));
  }

  @Test
  void overHttp_everySpanIsFound() throws Exception {
    HttpSender.Builder sender = new HttpSender.Builder(server.url() + "/jaeger/api/traces");
    isFound(send(sender.build(), false));
    isFound(send(sender.build(), true));
    String own = "http://127.0.0.1:" + server.port("jaeger_collector") + "/api/traces";
    isFound(send(new HttpSender.Builder(own).build(), true));
  }

  @Test
  void overUdp_everySpanIsFound() throws Exception {
    isFoundSoon(send(new UdpSender("127.0.0.1", server.port("jaeger_udp_compact"), 0), true));
    assertThat(server.raw("/metrics").contentUtf8())
        .contains(
            "sextant_jaeger_udp_lost_datagrams_total{protocol=\"compact\",reason=\"malformed\",} 0.0")
        .containsPattern("sextant_jaeger_udp_datagrams_total\\{protocol=\"compact\",} [1-9]")
        .contains(
            "sextant_receiver_rejected_items_total{receiver=\"jaeger-udp-compact\",reason=\"time\",} 0.0")
        .contains(
            "sextant_receiver_refused_messages_total{receiver=\"jaeger-grpc\",reason=\"too_large\",} 0.0");
  }

  @Test
  void overUdpInTheBinaryProtocol_everySpanIsFound() throws Exception {
    isFoundSoon(send(new BinaryUdpSender(server.port("jaeger_udp_binary")), false));
  }

  /** Nobody tells when a datagram has come. */
  private static void isFoundSoon(Sent sent) {
    String traces = "/jaeger/api/traces?traceID=" + sent.root().context().getTraceId();
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (server.get(traces).at("/data/0/spans").size() < 3) {
      assertThat(System.nanoTime()).as("%s", server.get(traces)).isLessThan(deadline);
      LockSupport.parkNanos(50_000_000);
    }
    isFound(sent);
  }

  /** As clients in other languages write it. */
  private static final class BinaryUdpSender extends ThriftSender {
    private final Agent.Client agent;
    private final ThriftUdpTransport transport;

    BinaryUdpSender(int port) throws TException {
      super(ProtocolType.Binary, 0);
      transport = ThriftUdpTransport.newThriftUdpClient("127.0.0.1", port);
      agent = new Agent.Client(new TBinaryProtocol(transport));
    }

    @Override
    public void send(Process process, List<Span> spans) throws SenderException {
      try {
        agent.emitBatch(new Batch(process, spans));
      } catch (TException e) {
        throw new SenderException("could not send", e, spans.size());
      }
    }

    @Override
    public int close() throws SenderException {
      try {
        return super.close();
      } finally {
        transport.close();
      }
    }
  }

  @Test
  void remoteSampler_isToldTheServicesProbability() {
    for (String asked :
        List.of(
            server.port("http") + "/jaeger/sampling",
            Integer.toString(server.port("jaeger_sampling")))) {
      HttpSamplingManager manager = new HttpSamplingManager("127.0.0.1:" + asked);
      assertThat(manager.getSamplingStrategy("cart").getProbabilisticSampling().getSamplingRate())
          .isEqualTo(0.5);
      assertThat(manager.getSamplingStrategy("other").getProbabilisticSampling().getSamplingRate())
          .isEqualTo(0.25);
      assertThat(
              manager
                  .getSamplingStrategy("batch")
                  .getRateLimitingSampling()
                  .getMaxTracesPerSecond())
          .isEqualTo(5);
    }
  }

  @Test
  void remoteSampler_samplesOperationsAsItIsTold() {
    RemoteControlledSampler sampler =
        new RemoteControlledSampler.Builder("cart")
            .withSamplingManager(
                new HttpSamplingManager("127.0.0.1:" + server.port("jaeger_sampling")))
            .withInitialSampler(new ConstSampler(false))
            .build();
    try {
      long end = System.nanoTime() + LONGEST_WAIT.toNanos();
      while (!sampler.sample("checkout", 1).isSampled() && System.nanoTime() < end) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }

      assertThat(sampler.sample("checkout", Long.MAX_VALUE - 1).isSampled()).isTrue();
      // The client's lower bound lets the first trace of each operation through, whatever it is.
      sampler.sample("health", 1);
      assertThat(sampler.sample("health", 1).isSampled()).isFalse();
    } finally {
      sampler.close();
    }
  }

  @Test
  void whatWasSent_isFoundBySearch() throws Exception {
    Sent sent = send(new HttpSender.Builder(server.url() + "/jaeger/api/traces").build(), true);
    String traceId = sent.root().context().getTraceId();
    for (String query :
        new String[] {
          "service=cart&operation=checkout&tag=items:3",
          "tag=error:true&tag=event:error&minDuration=1us",
          "tag=zone:eu-1&operation=mail&lookback=1h"
        }) {
      JsonNode found = server.get("/jaeger/api/traces?limit=1000&" + query).at("/data");
      assertThat(found).as(query).anyMatch(trace -> trace.at("/traceID").asText().equals(traceId));
    }
    assertThat(server.get("/jaeger/api/services").at("/data").toString()).contains("\"cart\"");
    assertThat(server.get("/jaeger/api/operations?service=cart").at("/data").toString())
        .contains("{\"name\":\"checkout\",\"spanKind\":\"server\"}");
  }
}
