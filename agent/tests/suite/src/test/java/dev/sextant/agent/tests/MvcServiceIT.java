package dev.sextant.agent.tests;

import static dev.sextant.agent.tests.Spans.attributes;
import static dev.sextant.agent.tests.Spans.childOf;
import static dev.sextant.agent.tests.Spans.hex;
import static dev.sextant.agent.tests.Spans.name;
import static dev.sextant.agent.tests.Spans.parentName;
import static dev.sextant.agent.tests.Spans.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Spring MVC service on Tomcat with the agent attached: what arrives by OTLP. */
class MvcServiceIT {
  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT_ID = "b7ad6b7169203331";

  @Nested
  class OnTheCurrentJdk extends Contract {
    OnTheCurrentJdk() {
      super(Jdk.CURRENT);
    }
  }

  @Nested
  class OnAnOlderJdk extends Contract {
    OnAnOlderJdk() {
      super(Jdk.OLDER);
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Contract {
    private final Jdk jdk;
    private OtlpReceiver receiver;
    private App app;

    Contract(Jdk jdk) {
      this.jdk = jdk;
    }

    @BeforeAll
    void start() throws Exception {
      jdk.java();
      receiver = new OtlpReceiver();
      app = App.mvc(jdk, receiver.endpoint());
      app.address();
    }

    @AfterAll
    void stop() {
      if (app != null) {
        app.close();
      }
      if (receiver != null) {
        receiver.close();
      }
    }

    private Span awaitServer(String path) {
      return receiver.awaitSpan("server span of " + path, server(path));
    }

    private Span awaitChild(Span parent) {
      return receiver.awaitSpan("child of " + parent.getName(), childOf(parent));
    }

    @Test
    void request_becomesServerSpanWithRouteAndAttributes() {
      assertThat(app.get("/orders/31?token=abc&x=1").body()).isEqualTo("[]");
      Span span = awaitServer("/orders/31");
      assertThat(span.getName()).isEqualTo("GET /orders/{id}");
      assertThat(attributes(span))
          .containsEntry("http.request.method", "GET")
          .containsEntry("http.route", "/orders/{id}")
          .containsEntry("http.response.status_code", "200")
          .containsEntry("url.scheme", "http")
          .containsEntry("url.query", "token=REDACTED&x=1")
          .containsEntry("server.address", "localhost")
          .containsEntry("network.protocol.version", "1.1")
          .containsEntry("client.address", "127.0.0.1")
          .containsKeys("user_agent.original", "network.peer.port", "server.port");
      assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
    }

    @Test
    void incomingTraceparent_isTheParent() {
      app.get("/orders/2", "traceparent", "00-" + TRACE_ID + "-" + PARENT_ID + "-01");
      Span span = awaitServer("/orders/2");
      assertThat(hex(span.getTraceId())).isEqualTo(TRACE_ID);
      assertThat(hex(span.getParentSpanId())).isEqualTo(PARENT_ID);
    }

    @ParameterizedTest
    @CsvSource({"BRAVE, apache", "OLDER_BRAVE, url", "JAEGER, java", "OLDER_JAEGER, java-async"})
    void tracersOfOthers_areInOneTraceWithTheService(ForeignTracer tracer, String client)
        throws Exception {
      try (ForeignService callee = new ForeignService()) {
        Map<String, String> headers = new HashMap<>();
        String caller = tracer.call(headers);
        app.get("/call/" + client + "?url=" + callee.url(), headers);

        Span served =
            receiver.awaitSpan("child of " + tracer, span -> parentName(span).equals(caller));
        assertThat(served.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        Span call = awaitChild(served);
        assertThat(attributes(call)).containsEntry("url.full", callee.url());
        assertThat(tracer.caller(callee.headers())).isEqualTo(name(call));
        assertThat(callee.headers().get("traceparent")).isEqualTo("00-" + name(call) + "-01");
      }
    }

    @Test
    void malformedHeadersOfEveryFormat_beginATrace() throws Exception {
      try (ForeignService callee = new ForeignService()) {
        Map<String, String> headers = new HashMap<>();
        for (String name :
            List.of(
                "traceparent",
                "tracestate",
                "baggage",
                "b3",
                "X-B3-TraceId",
                "X-B3-SpanId",
                "X-B3-Sampled",
                "X-B3-Flags",
                "uber-trace-id",
                "uberctx-a",
                "sw8",
                "sw8-correlation")) {
          headers.put(name, "1-%%%-%00-:::-" + "x".repeat(200));
        }
        headers.put("baggage", "a=%zz");
        assertThat(app.get("/call/java?url=" + callee.url(), headers).statusCode()).isEqualTo(200);

        Span call =
            receiver.awaitSpan(
                "call of " + callee.url(),
                span -> callee.url().equals(attributes(span).get("url.full")));
        Span served =
            receiver.awaitSpan("caller of " + callee.url(), span -> childOf(span).test(call));
        assertThat(served.getParentSpanId().isEmpty()).isTrue();
        assertThat(app.output()).noneMatch(line -> line.startsWith("sextant-agent"));
        assertThat(callee.headers()).containsKey("traceparent");
        assertThat(callee.headers())
            .doesNotContainKeys("b3", "x-b3-traceid", "uber-trace-id", "sw8");
      }
    }

    @Test
    void denialWithoutIds_isObeyed() {
      app.get("/orders/9", "b3", "0");
      app.get("/orders/10");
      awaitServer("/orders/10");
      assertThat(
              receiver.<Boolean>awaitSpans(
                  "spans", all -> all.stream().noneMatch(server("/orders/9"))))
          .isTrue();
    }

    @Test
    void unsampledParent_isNotRecorded() {
      app.get("/orders/7", "traceparent", "00-" + TRACE_ID + "-" + PARENT_ID + "-00");
      app.get("/orders/8");
      awaitServer("/orders/8");
      assertThat(
              receiver.<Boolean>awaitSpans(
                  "spans", all -> all.stream().noneMatch(server("/orders/7"))))
          .isTrue();
    }

    @Test
    void query_becomesClientSpanBelowTheRequest() {
      app.get("/orders/3");
      Span query = awaitChild(awaitServer("/orders/3"));
      assertThat(query.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
      assertThat(query.getName()).isEqualTo("SELECT orders");
      assertThat(attributes(query))
          .containsEntry("db.system.name", "h2database")
          .containsEntry("db.namespace", "shop")
          .containsEntry("db.operation.name", "SELECT")
          .containsEntry("db.collection.name", "orders")
          .containsEntry("db.query.text", "select item from orders where id = ?");
    }

    @Test
    void literals_neverLeaveTheProcess() {
      app.get("/literal");
      Span query = awaitChild(awaitServer("/literal"));
      assertThat(attributes(query))
          .containsEntry("db.query.text", "select count(*) from orders where item = ? and id < ?");
    }

    @Test
    void batch_isOneSpanWithItsSize() {
      assertThat(app.get("/batch").body()).isEqualTo("3 written");
      Span batch = awaitChild(awaitServer("/batch"));
      assertThat(attributes(batch)).containsEntry("db.operation.batch.size", "3");
      assertThat(batch.getName()).isEqualTo("MERGE orders");
    }

    @Test
    void failingQuery_isAnErrorWithItsState() {
      assertThat(app.get("/broken-query").body()).isEqualTo("no table");
      Span query = awaitChild(awaitServer("/broken-query"));
      assertThat(query.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
      assertThat(attributes(query)).containsKeys("error.type", "db.response.status_code");
    }

    @Test
    void escapingException_marksTheRequest() {
      assertThat(app.get("/boom").statusCode()).isEqualTo(500);
      Span span = awaitServer("/boom");
      assertThat(span.getName()).isEqualTo("GET /boom");
      assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
      assertThat(attributes(span))
          .containsEntry("error.type", "java.lang.IllegalStateException")
          .containsEntry("http.response.status_code", "500");
      assertThat(span.getEvents(0).getName()).isEqualTo("exception");
    }

    @Test
    void unknownPath_isNamedByItsHandlerAndNoError() {
      assertThat(app.get("/nowhere/4711").statusCode()).isEqualTo(404);
      Span span = awaitServer("/nowhere/4711");
      assertThat(span.getName()).doesNotContain("4711");
      assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
    }

    @Test
    void asyncRequest_isOneSpanAndItsWorkIsInside() {
      assertThat(app.get("/async").body()).isEqualTo("later");
      Span span = awaitServer("/async");
      assertThat(attributes(span)).containsEntry("http.response.status_code", "200");
      assertThat(attributes(awaitChild(span)).get("db.query.text")).contains("as async");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "submit",
          "execute",
          "invoke_all",
          "schedule",
          "fork_join",
          "supply",
          "stage",
          "virtual"
        })
    void taskOfAnExecutor_staysInTheTrace(String kind) {
      String result = app.get("/tasks/" + kind).body();
      if (kind.equals("virtual") && jdk.feature() < 21) {
        assertThat(result).isEqualTo("none");
        return;
      }
      assertThat(result).isEqualTo("x");
      Span query = awaitChild(awaitServer("/tasks/" + kind));
      assertThat(attributes(query).get("db.query.text")).contains("as " + kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "java-async", "url", "apache"})
    void client_sendsTheTraceOnAndRecordsTheCall(String client) {
      String target = app.address() + "/traceparent?from=" + client;
      String header =
          app.get("/call/" + client + "?url=" + target.replace("?", "%3F").replace("=", "%3D"))
              .body();
      Span call =
          receiver.awaitSpan(
              "call through " + client, span -> target.equals(attributes(span).get("url.full")));
      assertThat(header)
          .startsWith("00-" + hex(call.getTraceId()) + "-" + hex(call.getSpanId()) + "-");
      assertThat(call.getParentSpanId())
          .isEqualTo(
              receiver
                  .awaitSpan(
                      "caller",
                      server("/call/" + client)
                          .and(span -> span.getTraceId().equals(call.getTraceId())))
                  .getSpanId());
      assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
      assertThat(call.getName()).isEqualTo("GET");
      assertThat(attributes(call))
          .containsEntry("http.request.method", "GET")
          .containsEntry("http.response.status_code", "200")
          .containsEntry("url.full", target)
          .containsEntry("server.address", "localhost")
          .containsEntry("server.port", target.replaceAll(".*:(\\d+)/.*", "$1"));
      Span served = awaitChild(call);
      assertThat(served.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
      assertThat(served.getName()).isEqualTo("GET /traceparent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "url", "apache"})
    void clientWithoutAServer_recordsWhatFailed(String client) {
      String path = "/call/" + client + "?url=http://localhost:1/";
      assertThat(app.get(path).body()).contains("ConnectException");
      Span call =
          receiver.awaitSpan(
              "failed call of " + client,
              span ->
                  "http://localhost:1/".equals(attributes(span).get("url.full"))
                      && receiver.<Boolean>awaitSpans("spans", all -> isUnder(all, span, client)));
      assertThat(attributes(call).get("error.type")).contains("ConnectException");
      assertThat(call.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    }

    private static boolean isUnder(Iterable<Span> all, Span child, String client) {
      for (Span span : all) {
        if (server("/call/" + client).test(span) && childOf(span).test(child)) {
          return true;
        }
      }
      return false;
    }

    @Test
    void errorStatus_isTheClientsErrorToo() {
      app.get("/call/url?url=" + app.address() + "/boom");
      Span call =
          receiver.awaitSpan(
              "call of /boom",
              span -> (app.address() + "/boom").equals(attributes(span).get("url.full")));
      assertThat(attributes(call))
          .containsEntry("http.response.status_code", "500")
          .containsEntry("error.type", "500");
    }

    @Test
    void logRecord_isExportedInItsTraceAndHasTheIdsInItsMdc() {
      app.get("/orders/4242");
      Span span = awaitServer("/orders/4242");
      LogRecord log =
          receiver.awaitLog(
              "log of order 4242",
              record -> record.getBody().getStringValue().equals("looking for order 4242"));
      assertThat(log.getTraceId()).isEqualTo(span.getTraceId());
      assertThat(log.getSpanId()).isEqualTo(span.getSpanId());
      assertThat(log.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_INFO);
      app.awaitLine(
          "LOG INFO Orders trace="
              + hex(span.getTraceId())
              + " span="
              + hex(span.getSpanId())
              + " looking for order 4242");
    }

    @Test
    void loggedException_isExportedWithItsStack() {
      app.get("/broken-query");
      LogRecord log =
          receiver.awaitLog(
              "log of the failed query",
              record -> record.getBody().getStringValue().equals("query failed"));
      Map<String, String> attributes = attributes(log.getAttributesList());
      assertThat(attributes.get("exception.type")).contains("BadSqlGrammarException");
      assertThat(attributes.get("exception.stacktrace")).contains("Orders.brokenQuery");
      assertThat(log.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_ERROR);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "jvm.memory.used",
          "jvm.memory.committed",
          "jvm.thread.count",
          "jvm.class.count",
          "jvm.cpu.time",
          "jvm.cpu.recent_utilization"
        })
    void jvmMetric_isExported(String name) {
      receiver.awaitMetric(name, metric -> true);
    }

    @Test
    void durations_areRecordedByRoute() {
      app.get("/orders/5");
      app.get("/call/java?url=" + app.address() + "/traceparent");
      receiver.awaitMetric(
          "http.server.request.duration",
          metric ->
              metric.getHistogram().getDataPointsList().stream()
                  .anyMatch(
                      point ->
                          point.getExplicitBoundsCount() == 14
                              && "/orders/{id}"
                                  .equals(
                                      attributes(point.getAttributesList()).get("http.route"))));
      receiver.awaitMetric(
          "http.client.request.duration", metric -> metric.getHistogram().getDataPointsCount() > 0);
      receiver.awaitMetric(
          "db.client.operation.duration", metric -> metric.getHistogram().getDataPointsCount() > 0);
    }

    @Test
    void resource_describesTheProcess() {
      app.get("/orders/6");
      awaitServer("/orders/6");
      assertThat(attributes(receiver.resource().getAttributesList()))
          .containsEntry("service.name", "mvc-app")
          .containsEntry("process.pid", Long.toString(app.pid()))
          .containsEntry("telemetry.distro.name", "sextant-agent")
          .containsKeys(
              "service.instance.id",
              "host.name",
              "process.runtime.version",
              "telemetry.distro.version");
    }

    @Test
    void headersOfTheApplication_areKept() {
      HttpResponse<String> response = app.get("/call/java?url=" + app.address() + "/orders/1");
      assertThat(response.body()).isEqualTo("[sextant]");
    }
  }
}
