package dev.sextant.collector.skywalking;

import static dev.sextant.collector.skywalking.Segments.HEX;
import static dev.sextant.collector.skywalking.Segments.TRACE;
import static dev.sextant.collector.skywalking.Segments.entry;
import static dev.sextant.collector.skywalking.Segments.log;
import static dev.sextant.collector.skywalking.Segments.reference;
import static dev.sextant.collector.skywalking.Segments.segment;
import static dev.sextant.collector.skywalking.Segments.span;
import static dev.sextant.collector.skywalking.Segments.tag;
import static dev.sextant.collector.skywalking.SkyWalkingFixture.MILLIS;
import static dev.sextant.collector.skywalking.SkyWalkingFixture.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Map;
import org.apache.skywalking.apm.network.common.v3.Commands;
import org.apache.skywalking.apm.network.language.agent.v3.RefType;
import org.apache.skywalking.apm.network.language.agent.v3.SegmentCollection;
import org.apache.skywalking.apm.network.language.agent.v3.SegmentObject;
import org.apache.skywalking.apm.network.language.agent.v3.SpanLayer;
import org.apache.skywalking.apm.network.language.agent.v3.SpanObject;
import org.apache.skywalking.apm.network.language.agent.v3.SpanType;
import org.apache.skywalking.apm.network.language.agent.v3.TraceSegmentReportServiceGrpc;
import org.apache.skywalking.apm.network.management.v3.InstanceProperties;
import org.apache.skywalking.apm.network.management.v3.ManagementServiceGrpc;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SkyWalkingTracesTest {
  private static final SkyWalkingFixture sky = new SkyWalkingFixture();

  @AfterAll
  static void stop() {
    sky.close();
  }

  @AfterEach
  void memoryIsGivenBack() {
    sky.reset();
  }

  private static void send(SegmentObject.Builder... segments) {
    SegmentCollection.Builder all = SegmentCollection.newBuilder();
    for (SegmentObject.Builder segment : segments) {
      all.addSegments(segment);
    }
    assertThat(
            TraceSegmentReportServiceGrpc.newBlockingStub(sky.channel()).collectInSync(all.build()))
        .isEqualTo(Commands.getDefaultInstance());
  }

  private static Span only(SpanObject.Builder span) {
    send(segment(TRACE, "s1", span));
    return sky.written().get(span.getOperationName());
  }

  @Test
  void traceIds_hexStaysAsItIs_othersAreHashed() {
    send(segment(HEX, "s1", entry("hex")), segment(TRACE, "s2", entry("hashed")));
    Map<String, Span> spans = sky.written();

    assertThat(hex(spans.get("hex").getTraceId())).isEqualTo("5ea1c2f9d3b54ee2b1c7d8a9f0e1d2c3");
    // printf '%s' "$TRACE" | sha256sum | cut -c1-32
    assertThat(hex(spans.get("hashed").getTraceId())).isEqualTo("1b4739ffe53c780a120f37f568685000");
    assertThat(map(spans.get("hashed").getAttributesList()))
        .containsEntry("sw8.trace_id", TRACE)
        .containsEntry("sw8.segment_id", "s2");
    assertThat(map(spans.get("hex").getAttributesList())).doesNotContainKey("sw8.trace_id");
    // printf 's1/0' | sha256sum | cut -c1-16
    assertThat(hex(spans.get("hex").getSpanId())).isEqualTo("53ab081f0cf42d42");
  }

  private static String hex(ByteString id) {
    return java.util.HexFormat.of().formatHex(id.toByteArray());
  }

  @Test
  void parents_areWithinTheSegmentAndAcrossSegments() {
    send(
        segment(
            TRACE,
            "s1",
            entry("in"),
            span(1, SpanType.Local, SpanLayer.Unknown, "work"),
            span(2, SpanType.Exit, SpanLayer.Http, "out")),
        segment(
            TRACE, "s2", entry("called").addRefs(reference(RefType.CrossProcess, TRACE, "s1", 2))),
        segment(
            TRACE,
            "s3",
            span(0, SpanType.Local, SpanLayer.Unknown, "task")
                .addRefs(reference(RefType.CrossThread, TRACE, "s1", 1))));
    Map<String, Span> spans = sky.written();

    assertThat(spans.get("in").getParentSpanId()).isEqualTo(ByteString.EMPTY);
    assertThat(spans.get("work").getParentSpanId()).isEqualTo(spans.get("in").getSpanId());
    assertThat(spans.get("out").getParentSpanId()).isEqualTo(spans.get("work").getSpanId());
    assertThat(spans.get("called").getParentSpanId()).isEqualTo(spans.get("out").getSpanId());
    assertThat(spans.get("task").getParentSpanId()).isEqualTo(spans.get("work").getSpanId());
    assertThat(spans.values().stream().map(Span::getTraceId).distinct()).hasSize(1);
  }

  @Test
  void furtherReferences_areLinks() {
    send(
        segment(HEX, "s0", span(0, SpanType.Exit, SpanLayer.MQ, "p1")),
        segment(TRACE, "s1", span(0, SpanType.Exit, SpanLayer.MQ, "p2")),
        segment(
            HEX,
            "s2",
            span(0, SpanType.Entry, SpanLayer.MQ, "consume")
                .addRefs(reference(RefType.CrossProcess, HEX, "s0", 0))
                .addRefs(reference(RefType.CrossProcess, TRACE, "s1", 0))));
    Map<String, Span> spans = sky.written();
    Span consumer = spans.get("consume");

    assertThat(consumer.getParentSpanId()).isEqualTo(spans.get("p1").getSpanId());
    assertThat(consumer.getLinksCount()).isEqualTo(1);
    assertThat(consumer.getLinks(0).getTraceId()).isEqualTo(spans.get("p2").getTraceId());
    assertThat(consumer.getLinks(0).getSpanId()).isEqualTo(spans.get("p2").getSpanId());
    assertThat(map(consumer.getLinks(0).getAttributesList()))
        .isEqualTo(Map.of("sw8.ref_type", "cross_process", "sw8.trace_id", TRACE));
  }

  @Test
  void kinds_followTypeAndLayer() {
    assertThat(only(entry("a")).getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(only(span(0, SpanType.Exit, SpanLayer.Database, "b")).getKind())
        .isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(only(span(0, SpanType.Local, SpanLayer.Unknown, "c")).getKind())
        .isEqualTo(Span.SpanKind.SPAN_KIND_INTERNAL);
    assertThat(only(span(0, SpanType.Exit, SpanLayer.MQ, "d")).getKind())
        .isEqualTo(Span.SpanKind.SPAN_KIND_PRODUCER);
    assertThat(only(span(0, SpanType.Entry, SpanLayer.MQ, "e")).getKind())
        .isEqualTo(Span.SpanKind.SPAN_KIND_CONSUMER);
  }

  @Test
  void httpCall_hasOpenTelemetrysNames() {
    Span span =
        only(
            tag(
                span(0, SpanType.Exit, SpanLayer.Http, "/pay")
                    .setComponentId(2)
                    .setPeer("payments:8080"),
                "url",
                "http://payments:8080/pay",
                "http.method",
                "POST",
                "http.status_code",
                "503",
                "http.params",
                "a=1"));

    assertThat(map(span.getAttributesList()))
        .isEqualTo(
            Map.of(
                "url.full", "http://payments:8080/pay",
                "http.request.method", "POST",
                "http.response.status_code", "#503",
                "http.params", "a=1",
                "server.address", "payments",
                "server.port", "#8080",
                "sw.component", "HttpClient",
                "sw8.segment_id", "s1",
                "sw8.trace_id", TRACE));
    assertThat(span.getStartTimeUnixNano()).isEqualTo((MILLIS - 100) * 1_000_000);
    assertThat(span.getEndTimeUnixNano()).isEqualTo(MILLIS * 1_000_000);
  }

  @Test
  void database_isOne_byTagOrByComponent() {
    Span tagged =
        only(
            tag(
                span(1, SpanType.Exit, SpanLayer.Database, "Mysql/JDBC/execute")
                    .setComponentId(33)
                    .setPeer("db1:3306,db2:3306"),
                "db.type",
                "Mysql",
                "db.instance",
                "shop",
                "db.statement",
                "select 1"));
    Span untagged = only(span(1, SpanType.Exit, SpanLayer.Cache, "Redis/get").setComponentId(57));

    assertThat(map(tagged.getAttributesList()))
        .isEqualTo(
            Map.of(
                "db.system.name", "mysql",
                "db.namespace", "shop",
                "db.query.text", "select 1",
                "server.address", "db1",
                "server.port", "#3306",
                "sw8.peer", "db1:3306,db2:3306",
                "sw.component", "mysql-connector-java"));
    assertThat(map(untagged.getAttributesList()))
        .isEqualTo(Map.of("db.system.name", "redis", "sw.component", "Lettuce"));
  }

  @Test
  void cacheTags_areADatabasesOnlyWhereAServerIsCalled() {
    String[] tags = {"cache.type", "Redis", "cache.cmd", "get", "cache.key", "k"};
    Span called = only(tag(span(1, SpanType.Exit, SpanLayer.Cache, "far"), tags));
    Span local = only(tag(span(1, SpanType.Local, SpanLayer.Cache, "near"), tags));

    assertThat(map(called.getAttributesList()))
        .isEqualTo(Map.of("db.system.name", "redis", "db.operation.name", "get", "cache.key", "k"));
    assertThat(map(local.getAttributesList()))
        .isEqualTo(Map.of("cache.type", "Redis", "cache.cmd", "get", "cache.key", "k"));
  }

  @Test
  void messaging_hasSystemAndDestination() {
    Span span =
        only(
            tag(
                span(1, SpanType.Entry, SpanLayer.MQ, "Kafka/orders/Consumer")
                    .setComponentId(41)
                    .setPeer("kafka:9092"),
                "mq.topic",
                "orders",
                "mq.broker",
                "kafka:9092"));

    assertThat(map(span.getAttributesList()))
        .isEqualTo(
            Map.of(
                "messaging.system", "kafka",
                "messaging.destination.name", "orders",
                "mq.broker", "kafka:9092",
                "server.address", "kafka",
                "server.port", "#9092",
                "sw.component", "kafka-consumer"));
  }

  @Test
  void errors_haveStatusAndException() {
    Span span =
        only(
            entry("broken")
                .setIsError(true)
                .setComponentId(99999)
                .setSkipAnalysis(true)
                .addLogs(
                    log(
                        "event", "error",
                        "error.kind", "java.lang.IllegalStateException",
                        "message", "no stock",
                        "stack", "at Shop.buy"))
                .addLogs(log("event", "retried", "attempt", "2"))
                .addLogs(log()));

    assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(span.getStatus().getMessage()).isEqualTo("no stock");
    assertThat(span.getEventsCount()).isEqualTo(2);
    assertThat(span.getEvents(0).getName()).isEqualTo("exception");
    assertThat(span.getEvents(0).getTimeUnixNano()).isEqualTo((MILLIS - 50) * 1_000_000);
    assertThat(map(span.getEvents(0).getAttributesList()))
        .isEqualTo(
            Map.of(
                "exception.type", "java.lang.IllegalStateException",
                "exception.message", "no stock",
                "exception.stacktrace", "at Shop.buy"));
    assertThat(span.getEvents(1).getName()).isEqualTo("retried");
    assertThat(map(span.getEvents(1).getAttributesList())).isEqualTo(Map.of("attempt", "2"));
    assertThat(map(span.getAttributesList()))
        .containsEntry("sw.component", "99999")
        .containsEntry("sw.skip_analysis", "#true");
  }

  @Test
  void instanceProperties_standOnSpansThatFollow() {
    InstanceProperties.Builder properties =
        InstanceProperties.newBuilder().setService("shop").setServiceInstance("shop-1");
    for (String[] pair :
        new String[][] {
          {"OS Name", "Linux"},
          {"hostname", "node-7"},
          {"Process No.", "4711"},
          {"language", "java"},
          {"ipv4", "10.0.0.7"},
          {"JVM Arguments", "-Dpassword=secret"},
          {"Start Time", "2026"},
          {"service.name", "other"}
        }) {
      properties.addProperties(Segments.pair(pair[0], pair[1]));
    }
    ManagementServiceGrpc.newBlockingStub(sky.channel())
        .reportInstanceProperties(properties.build());
    send(segment(TRACE, "s1", entry("after")));
    send(segment(TRACE, "s1", entry("other")).setServiceInstance("shop-2"));

    assertThat(map(sky.resourceSpans().get(0).getResource()))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("service.name", "shop"),
                Map.entry("service.instance.id", "shop-1"),
                Map.entry("telemetry.sdk.name", "skywalking"),
                Map.entry("telemetry.sdk.language", "java"),
                Map.entry("os.name", "Linux"),
                Map.entry("os.type", "linux"),
                Map.entry("host.name", "node-7"),
                Map.entry("host.ip", "[10.0.0.7]"),
                Map.entry("process.pid", "#4711"),
                Map.entry("sw8.start_time", "2026"),
                Map.entry("sw8.service.name", "other")));
    assertThat(map(sky.resourceSpans().get(1).getResource()))
        .isEqualTo(
            Map.of(
                "service.name", "shop",
                "service.instance.id", "shop-2",
                "telemetry.sdk.name", "skywalking"));
  }

  @Test
  void badSpans_areLeftOutBesideGoodOnes() {
    send(segment(TRACE, "s1", entry("good"), entry("timeless").setStartTime(0)));

    assertThat(sky.written()).containsOnlyKeys("good");
  }

  @Test
  void nothingButBadSpans_isInvalid() {
    assertThatThrownBy(() -> send(segment(TRACE, "s1", entry("x")).setService("")))
        .hasMessage("INVALID_ARGUMENT: the span 'x' is of no service");
    assertThatThrownBy(() -> send(segment("", "s1", entry("x"))))
        .hasMessage("INVALID_ARGUMENT: the span 'x' is in a segment without a trace id");
    assertThatThrownBy(() -> send(segment(TRACE, "s1", entry("x").setStartTime(1).setEndTime(2))))
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("retention.test");
    assertThat(sky.spans.batches()).isEmpty();
  }

  @Test
  void agentsBeforeTheirProtocolHadAPackage_areServed() {
    var stub =
        org.apache.skywalking.apm.network.language.agent.v3.compat.TraceSegmentReportServiceGrpc
            .newBlockingStub(sky.channel());
    stub.collectInSync(
        SegmentCollection.newBuilder().addSegments(segment(TRACE, "s1", entry("old"))).build());

    assertThat(sky.written()).containsOnlyKeys("old");
  }
}
