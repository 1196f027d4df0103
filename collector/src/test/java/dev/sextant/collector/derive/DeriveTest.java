package dev.sextant.collector.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.fixture.Otlp;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.model.Labels;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeriveTest {
  private static final String REQUESTS = "traces_service_graph_request_total";
  private static final DeriveSettings SMALL =
      new DeriveSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofHours(1),
          Duration.ofMinutes(10),
          3,
          10,
          100,
          4,
          10,
          100,
          10_000);

  @TempDir Path directory;
  private DeriveFixture derive;

  @BeforeEach
  void open() throws Exception {
    derive = new DeriveFixture(directory, SMALL);
  }

  @AfterEach
  void close() throws Exception {
    derive.close();
  }

  @Test
  void calls_areCountedByServiceOperationKindAndStatus() throws Exception {
    derive.send(
        "shop",
        span(1, 1, 0, SpanKind.SPAN_KIND_SERVER),
        span(2, 2, 0, SpanKind.SPAN_KIND_SERVER),
        failed(span(3, 3, 0, SpanKind.SPAN_KIND_SERVER)));
    derive.tick();
    assertThat(derive.newest("traces_spanmetrics_calls_total"))
        .isEqualTo(
            Map.of(
                calls("STATUS_CODE_UNSET"), 2.0,
                calls("STATUS_CODE_ERROR"), 1.0));
    assertThat(derive.newest("traces_spanmetrics_latency_sum").values())
        .containsExactly(0.005, 0.01);
    assertThat(derive.newest("traces_spanmetrics_latency_bucket"))
        .containsEntry(bucket("0.004"), 0.0)
        .containsEntry(bucket("0.008"), 2.0)
        .containsEntry(bucket("+Inf"), 2.0);
  }

  private static String calls(String status) {
    return "traces_spanmetrics_calls_total{service=\"shop\", span_kind=\"SPAN_KIND_SERVER\","
        + " span_name=\"GET /\", status_code=\""
        + status
        + "\"}";
  }

  private static String bucket(String le) {
    return "traces_spanmetrics_latency_bucket{le=\""
        + le
        + "\", service=\"shop\", span_kind=\"SPAN_KIND_SERVER\", span_name=\"GET /\","
        + " status_code=\"STATUS_CODE_UNSET\"}";
  }

  @Test
  void newSeries_beginWithZeroOneTickEarlier() throws Exception {
    derive.tick();
    derive.advance(Duration.ofSeconds(5));
    derive.send("shop", span(1, 1, 0, SpanKind.SPAN_KIND_SERVER));
    derive.tick();
    derive.advance(Duration.ofSeconds(5));
    derive.tick();
    SeriesSamples first = series(derive.batches().get(1), "traces_spanmetrics_calls_total");
    assertThat(first.values()).containsExactly(0, 1);
    long[] times = derive.batches().get(1).targets().getFirst().times();
    assertThat(times)
        .containsExactly(
            DeriveFixture.START.toEpochMilli(), DeriveFixture.START.toEpochMilli() + 5000);
    assertThat(first.startTimestamps()).containsOnly(DeriveFixture.START.toEpochMilli());
    assertThat(series(derive.batches().get(2), "traces_spanmetrics_calls_total").values())
        .containsExactly(1);
  }

  @Test
  void zeroIsWrittenAgain_untilABatchIsDurable() throws Exception {
    derive.send("shop", span(1, 1, 0, SpanKind.SPAN_KIND_SERVER));
    derive.refuse(true);
    assertThat(derive.tick()).isFalse();
    derive.refuse(false);
    derive.advance(Duration.ofSeconds(5));
    assertThat(derive.tick()).isTrue();
    assertThat(series(derive.batches().getLast(), "traces_spanmetrics_calls_total").values())
        .containsExactly(0, 1);
  }

  @Test
  void exemplars_leadFromBucketsToTraces() throws Exception {
    derive.send("shop", span(7, 9, 0, SpanKind.SPAN_KIND_SERVER));
    derive.tick();
    var exemplars =
        derive.batches().getLast().targets().getFirst().series().stream()
            .filter(s -> s.labels().get("le").equals("0.008"))
            .filter(s -> s.labels().metricName().equals("traces_spanmetrics_latency_bucket"))
            .findFirst()
            .orElseThrow()
            .exemplars();
    assertThat(exemplars.getFirst().labels().get("trace_id")).isEqualTo("0".repeat(31) + "7");
    assertThat(exemplars.getFirst().labels().get("span_id")).isEqualTo("0".repeat(15) + "9");
    assertThat(exemplars.getFirst().value()).isEqualTo(0.005);
  }

  @Test
  void aRepeatedSpan_countsOnceWithinTenMinutes() throws Exception {
    Span.Builder span = span(1, 1, 0, SpanKind.SPAN_KIND_SERVER);
    derive.send("shop", span);
    derive.advance(Duration.ofMinutes(9));
    derive.send("shop", span, span);
    derive.send("shop", span(1, 1, 0, SpanKind.SPAN_KIND_CLIENT));
    derive.tick();
    assertThat(derive.newest("traces_spanmetrics_calls_total").values()).containsOnly(1.0, 1.0);
    derive.advance(Duration.ofMinutes(11));
    derive.send("shop", span);
    derive.tick();
    assertThat(derive.newest("traces_spanmetrics_calls_total").values()).contains(2.0);
  }

  @Test
  void aRepeatAcrossARestart_countsOnce() throws Exception {
    Span.Builder span = span(1, 1, 0, SpanKind.SPAN_KIND_SERVER);
    derive.send("shop", span);
    derive.tick();
    derive.crash();
    derive.advance(Duration.ofMinutes(2));
    derive.send("shop", span);
    derive.tick();
    assertThat(derive.newest("traces_spanmetrics_calls_total").values()).containsExactly(1.0);
  }

  @Test
  void spansAfterALossOfTheJournal_countOnTopOfWhatWasCounted() throws Exception {
    for (int i = 1; i <= 5; i++) {
      derive.send("shop", span(i, 1, 0, SpanKind.SPAN_KIND_SERVER));
    }
    derive.tick();
    derive.loseSpans();
    derive.send("shop", span(6, 1, 0, SpanKind.SPAN_KIND_SERVER));
    derive.tick();
    derive.crash();
    derive.send("shop", span(7, 1, 0, SpanKind.SPAN_KIND_SERVER));
    derive.tick();

    assertThat(derive.newest("traces_spanmetrics_calls_total").values()).containsExactly(7.0);
  }

  @Test
  void clientAndServer_makeAnEdgeInEitherOrderAndAcrossARestart() throws Exception {
    derive.send("gateway", span(1, 1, 0, SpanKind.SPAN_KIND_CLIENT));
    derive.send("orders", failed(span(1, 2, 1, SpanKind.SPAN_KIND_SERVER)));
    derive.send("orders", span(2, 4, 3, SpanKind.SPAN_KIND_SERVER));
    derive.tick();
    derive.crash();
    derive.send("gateway", span(2, 3, 0, SpanKind.SPAN_KIND_CLIENT));
    derive.tick();
    assertThat(derive.newest("traces_service_graph_request_total"))
        .isEqualTo(Map.of(edge("gateway", "orders"), 2.0));
    assertThat(derive.newest("traces_service_graph_request_failed_total").values())
        .containsExactly(1.0);
    assertThat(derive.newest("traces_service_graph_request_client_seconds_count").values())
        .containsExactly(2.0);
  }

  @Test
  void oneCallThatTwoSpansAnswer_isTwoRequests() throws Exception {
    derive.send("gateway", span(1, 1, 0, SpanKind.SPAN_KIND_CLIENT));
    derive.send("orders", span(1, 2, 1, SpanKind.SPAN_KIND_SERVER));
    derive.send("orders", span(1, 3, 1, SpanKind.SPAN_KIND_SERVER));
    derive.tick();
    assertThat(derive.newest("traces_service_graph_request_total").values()).containsExactly(2.0);
  }

  @Test
  void messages_databasesUsersAndStrangers_haveTheirConnectionTypes() throws Exception {
    derive.send("orders", span(1, 1, 0, SpanKind.SPAN_KIND_PRODUCER));
    derive.send("mailer", span(1, 2, 1, SpanKind.SPAN_KIND_CONSUMER));
    derive.send(
        "orders",
        span(1, 3, 0, SpanKind.SPAN_KIND_CLIENT)
            .addAttributes(Otlp.attribute("db.system.name", "postgresql"))
            .addAttributes(Otlp.attribute("db.namespace", "shopdb")));
    derive.send("gateway", span(4, 4, 0, SpanKind.SPAN_KIND_SERVER));
    derive.send(
        "orders",
        span(5, 5, 0, SpanKind.SPAN_KIND_CLIENT)
            .addAttributes(Otlp.attribute("server.address", "pay.example.com")));
    derive.send("orders", span(6, 6, 0, SpanKind.SPAN_KIND_CLIENT));
    derive.send(
        "orders",
        span(7, 7, 0, SpanKind.SPAN_KIND_PRODUCER)
            .addAttributes(Otlp.attribute("messaging.destination.name", "audit")));
    derive.advance(Duration.ofSeconds(20));
    derive.tick();
    assertThat(derive.newest("traces_service_graph_request_total"))
        .isEqualTo(
            Map.of(
                edge("orders", "mailer", "connection_type", "messaging_system"), 1.0,
                edge(
                        "orders",
                        "shopdb",
                        "connection_type",
                        "database",
                        "server_type",
                        "database",
                        "system",
                        "postgresql"),
                    1.0,
                edge("user", "gateway", "connection_type", "virtual_node", "client_type", "user"),
                    1.0,
                edge(
                        "orders",
                        "pay.example.com",
                        "connection_type",
                        "virtual_node",
                        "server_type",
                        "external"),
                    1.0,
                edge(
                        "orders",
                        "audit",
                        "connection_type",
                        "messaging_system",
                        "server_type",
                        "queue"),
                    1.0));
  }

  @Test
  void consumersWithoutProducer_areCalledByTheirQueueOrAUser() throws Exception {
    derive.send(
        "mailer",
        span(1, 1, 0, SpanKind.SPAN_KIND_CONSUMER)
            .addAttributes(Otlp.attribute("messaging.destination.name", "mails")));
    derive.send("cron", span(2, 2, 0, SpanKind.SPAN_KIND_CONSUMER));
    derive.send(
        "audit",
        span(3, 3, 9, SpanKind.SPAN_KIND_CONSUMER)
            .addAttributes(Otlp.attribute("messaging.destination.name", "log")));
    derive.send("orphan", span(4, 4, 9, SpanKind.SPAN_KIND_CONSUMER));
    derive.advance(Duration.ofSeconds(20));
    derive.tick();
    assertThat(derive.newest("traces_service_graph_request_total"))
        .isEqualTo(
            Map.of(
                edge(
                        "mails",
                        "mailer",
                        "connection_type",
                        "messaging_system",
                        "client_type",
                        "queue"),
                    1.0,
                edge("user", "cron", "connection_type", "virtual_node", "client_type", "user"), 1.0,
                edge("log", "audit", "connection_type", "messaging_system", "client_type", "queue"),
                    1.0));
  }

  /** What Grafana's service graph and its table read. */
  /**
   * Whoever asks without a client's span is known by the span that the called one has for parent.
   */
  @Test
  void aParentOfAnotherService_isTheCaller_whicheverComesFirst() throws Exception {
    derive.send("a", span(1, 1, 0, SpanKind.SPAN_KIND_INTERNAL));
    derive.send("b", span(1, 2, 1, SpanKind.SPAN_KIND_SERVER));
    derive.send("b", span(2, 2, 1, SpanKind.SPAN_KIND_SERVER));
    derive.send("a", span(2, 1, 0, SpanKind.SPAN_KIND_UNSPECIFIED));
    derive.send("b", span(3, 2, 1, SpanKind.SPAN_KIND_SERVER));
    derive.tick();
    derive.crash();
    derive.send("a", span(3, 1, 0, SpanKind.SPAN_KIND_INTERNAL));
    Span.Builder message = span(4, 2, 1, SpanKind.SPAN_KIND_CONSUMER);
    message.addAttributes(Otlp.attribute("messaging.destination.name", "q"));
    derive.send("b", message);
    derive.send("a", span(4, 1, 0, SpanKind.SPAN_KIND_INTERNAL));

    assertThat(requestsOfAll())
        .isEqualTo(
            Map.of(
                edge("a", "b"),
                3.0,
                edge("a", "b", "connection_type", "messaging_system", "queue", "q"),
                1.0));
  }

  @Test
  void aCallerThatComesLongBefore_isTheCallerStill() throws Exception {
    derive.send("a", span(1, 1, 0, SpanKind.SPAN_KIND_CLIENT));
    derive.advance(Duration.ofMinutes(2));
    derive.send("b", span(1, 2, 1, SpanKind.SPAN_KIND_SERVER));

    assertThat(requestsOfAll()).isEqualTo(Map.of(edge("a", "b"), 1.0));
  }

  /** Two layers of one server, or the receipt of messages and what is done with each. */
  @Test
  void calledSpansWithinOthersOfTheirService_areNoCallsOfTheirOwn() throws Exception {
    derive.send("b", span(1, 1, 0, SpanKind.SPAN_KIND_SERVER));
    derive.send("b", span(1, 2, 1, SpanKind.SPAN_KIND_SERVER));
    Span.Builder receipt = span(2, 1, 0, SpanKind.SPAN_KIND_CONSUMER);
    derive.send("b", receipt.addAttributes(Otlp.attribute("messaging.destination.name", "q")));
    Span.Builder process = span(2, 2, 1, SpanKind.SPAN_KIND_CONSUMER);
    derive.send("b", process.addAttributes(Otlp.attribute("messaging.destination.name", "q")));
    Span.Builder looped = span(3, 2, 1, SpanKind.SPAN_KIND_CONSUMER);
    derive.send("b", looped.addAttributes(Otlp.attribute("messaging.destination.name", "q")));
    derive.send("b", span(3, 1, 0, SpanKind.SPAN_KIND_INTERNAL));
    derive.send("b", span(4, 2, 1, SpanKind.SPAN_KIND_SERVER));

    assertThat(requestsOfAll())
        .isEqualTo(
            Map.of(
                edge("user", "b", "connection_type", "virtual_node", "client_type", "user"),
                2.0,
                edge("q", "b", "connection_type", "messaging_system", "client_type", "queue"),
                2.0));
  }

  private Map<String, Double> requestsOfAll() throws Exception {
    derive.tick();
    derive.advance(Duration.ofMinutes(1));
    derive.tick();
    return derive.newest(REQUESTS);
  }

  @Test
  void series_areNamedAsGrafanaReadsThem() throws Exception {
    derive.send("gateway", span(1, 1, 0, SpanKind.SPAN_KIND_CLIENT));
    derive.send("orders", span(1, 2, 1, SpanKind.SPAN_KIND_SERVER));
    derive.tick();
    assertThat(
            derive.batches().getLast().targets().getFirst().series().stream()
                .map(series -> series.labels().metricName())
                .distinct())
        .containsExactlyInAnyOrder(
            "traces_spanmetrics_calls_total",
            "traces_spanmetrics_latency_bucket",
            "traces_spanmetrics_latency_sum",
            "traces_spanmetrics_latency_count",
            "traces_service_graph_request_total",
            "traces_service_graph_request_failed_total",
            "traces_service_graph_request_server_seconds_bucket",
            "traces_service_graph_request_server_seconds_sum",
            "traces_service_graph_request_server_seconds_count",
            "traces_service_graph_request_client_seconds_bucket",
            "traces_service_graph_request_client_seconds_sum",
            "traces_service_graph_request_client_seconds_count");
  }

  @Test
  void anExpiredHalf_countsOnceThoughARestartFollows() throws Exception {
    derive.send(
        "orders",
        span(5, 5, 0, SpanKind.SPAN_KIND_CLIENT)
            .addAttributes(Otlp.attribute("server.address", "pay.example.com")));
    derive.tick();
    derive.crash();
    derive.advance(Duration.ofSeconds(20));
    derive.tick();
    derive.crash();
    derive.advance(Duration.ofSeconds(20));
    derive.tick();
    assertThat(derive.newest("traces_service_graph_request_total").values()).containsExactly(1.0);
  }

  @Test
  void operationsBeyondTheBound_areCountedTogether() throws Exception {
    for (int i = 0; i < 5; i++) {
      derive.send("shop", span(i + 1, 1, 0, SpanKind.SPAN_KIND_INTERNAL).setName("op" + i));
    }
    derive.tick();
    Map<String, Double> calls = derive.newest("traces_spanmetrics_calls_total");
    assertThat(calls).hasSize(4);
    assertThat(calls.entrySet())
        .anySatisfy(
            entry -> {
              assertThat(entry.getKey()).contains("span_name=\"_other\"");
              assertThat(entry.getValue()).isEqualTo(2.0);
            });
  }

  @Test
  void operationsThatAreNotCalledForLong_endAndMakeRoom_overARestartToo() throws Exception {
    for (int i = 0; i < 4; i++) {
      call(i + 1, "op" + i);
    }
    derive.tick();
    derive.crash();
    derive.tick();
    derive.advance(Duration.ofMinutes(40));
    call(5, "op1");
    derive.tick();
    derive.advance(Duration.ofMinutes(40));
    derive.tick();
    assertThat(derive.newest("traces_spanmetrics_calls_total").keySet())
        .singleElement()
        .asString()
        .contains("op1");

    for (int i = 2; i < 5; i++) {
      call(i + 10, "op" + i);
    }
    derive.tick();

    Map<String, Double> calls = derive.newest("traces_spanmetrics_calls_total");
    assertThat(calls).hasSize(4);
    for (String counted : List.of("op1=2.0", "op2=1.0", "op3=1.0", "_other=1.0")) {
      String[] operation = counted.split("=");
      assertThat(calls.toString())
          .contains(
              "span_name=\"%s\", status_code=\"STATUS_CODE_UNSET\"}=%s"
                  .formatted(operation[0], operation[1]));
    }
    SeriesSamples again =
        derive.batches().getLast().targets().getFirst().series().stream()
            .filter(it -> it.labels().get("span_name").equals("op2"))
            .findFirst()
            .orElseThrow();
    assertThat(again.values()).containsExactly(0, 1);
  }

  private void call(long trace, String operation) {
    derive.send("shop", span(trace, 1, 0, SpanKind.SPAN_KIND_INTERNAL).setName(operation));
  }

  /** Every name is written at every tick, in one record, which must not become too large. */
  @Test
  void namesAreCut_whereTheyAreLong() throws Exception {
    for (int i = 1; i <= 2; i++) {
      Span.Builder span = span(i, 1, 0, SpanKind.SPAN_KIND_CLIENT);
      span.addAttributes(Otlp.attribute("db.name", "d".repeat(500_000) + i));
      derive.send("s".repeat(500_000) + i, span.setName("select " + "x".repeat(500_000) + i));
    }
    derive.tick();

    Map<String, Double> all = derive.newest("traces_");
    assertThat(all.keySet()).allSatisfy(labels -> assertThat(labels.length()).isLessThan(1200));
    assertThat(derive.newest("traces_spanmetrics_calls_total").values()).containsExactly(2.0);
    assertThat(derive.newest(REQUESTS).values()).containsExactly(2.0);
    derive.crash();
    derive.tick();
    assertThat(derive.newest("traces_")).isEqualTo(all);
  }

  @Test
  void journal_isFreedBehindWhatIsNeeded() throws Exception {
    for (int i = 0; i < 60; i++) {
      derive.send("shop", span(i + 1, 1, 0, SpanKind.SPAN_KIND_SERVER).setName("x".repeat(8000)));
      derive.advance(Duration.ofSeconds(30));
      derive.tick();
      derive.free();
    }
    assertThat(derive.spansStart()).isGreaterThan(0);
    derive.crash();
    derive.tick();
    assertThat(derive.newest("traces_spanmetrics_calls_total").values()).containsExactly(60.0);
  }

  private Span.Builder span(long trace, long id, long parent, SpanKind kind) {
    Span.Builder span = Otlp.span(trace, id, derive.now()).setKind(kind);
    return parent == 0 ? span : span.setParentSpanId(Otlp.id(8, parent));
  }

  private static Span.Builder failed(Span.Builder span) {
    return span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
  }

  /** The series of an edge's requests; labels are names and values in turn. */
  private static String edge(String client, String server, String... labels) {
    Labels edge = Labels.of(Labels.NAME, REQUESTS, "client", client, "server", server);
    for (int i = 0; i < labels.length; i += 2) {
      edge = edge.with(labels[i], labels[i + 1]);
    }
    return edge.toString();
  }

  private static SeriesSamples series(MetricsBatch batch, String name) {
    return batch.targets().getFirst().series().stream()
        .filter(s -> s.labels().metricName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
