package dev.sextant.agent.tests;

import static dev.sextant.agent.tests.Spans.attributes;
import static dev.sextant.agent.tests.Spans.childOf;
import static dev.sextant.agent.tests.Spans.hex;
import static dev.sextant.agent.tests.Spans.name;
import static dev.sextant.agent.tests.Spans.parentName;
import static dev.sextant.agent.tests.Spans.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gateway on Netty in front of a service on Tomcat: one trace through two processes. */
class GatewayIT {
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
    private App service;
    private App gateway;

    Contract(Jdk jdk) {
      this.jdk = jdk;
    }

    @BeforeAll
    void start() throws Exception {
      jdk.java();
      receiver = new OtlpReceiver();
      service = App.mvc(jdk, receiver.endpoint());
      gateway = App.gateway(jdk, receiver.endpoint(), "-Dtarget=" + service.address());
      gateway.address();
    }

    @AfterAll
    void stop() {
      for (AutoCloseable each : new AutoCloseable[] {gateway, service, receiver}) {
        try {
          if (each != null) {
            each.close();
          }
        } catch (Exception failure) {
          throw new AssertionError(failure);
        }
      }
    }

    private Span awaitChild(Span parent) {
      return receiver.awaitSpan("child of " + parent.getName(), childOf(parent));
    }

    @Test
    void proxiedRequest_isOneTraceThroughBothProcesses() {
      assertThat(gateway.get("/api/orders/1").body()).isEqualTo("[sextant]");
      Span entered = receiver.awaitSpan("gateway's span", server("/api/orders/1"));
      assertThat(entered.getName()).isEqualTo("GET /api/**");
      assertThat(entered.getParentSpanId().isEmpty()).isTrue();
      assertThat(attributes(entered))
          .containsEntry("http.response.status_code", "200")
          .containsEntry("http.route", "/api/**")
          .containsEntry("url.scheme", "http")
          .containsKeys("network.peer.address", "client.address", "user_agent.original");

      Span call = awaitChild(entered);
      assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
      assertThat(attributes(call))
          .containsEntry("url.full", service.address() + "/orders/1")
          .containsEntry("http.response.status_code", "200")
          .containsEntry("server.address", "localhost");

      Span served = awaitChild(call);
      assertThat(served.getName()).isEqualTo("GET /orders/{id}");
      assertThat(awaitChild(served).getName()).isEqualTo("SELECT orders");
    }

    @Test
    void manyRequestsOverPooledConnections_neverMixTheirTraces() {
      for (int id = 100; id < 150; id++) {
        gateway.get("/api/orders/" + id);
      }
      for (int id = 100; id < 150; id++) {
        Span entered = receiver.awaitSpan("gateway's span", server("/api/orders/" + id));
        Span served = receiver.awaitSpan("service's span", server("/orders/" + id));
        assertThat(awaitChild(awaitChild(entered))).isEqualTo(served);
      }
    }

    @Test
    void incomingTraceparent_isTheParent() {
      String trace = "0af7651916cd43dd8448eb211c80319d";
      String header = "00-" + trace + "-b7ad6b7169203331-01";
      String forwarded = gateway.get("/api/traceparent", "traceparent", header).body();
      assertThat(forwarded).startsWith("00-" + trace).isNotEqualTo(header);
      Span entered = receiver.awaitSpan("gateway's span", server("/api/traceparent"));
      assertThat(hex(entered.getParentSpanId())).isEqualTo("b7ad6b7169203331");
    }

    /** The gateway passes on what it received: what names its own span must replace that. */
    @ParameterizedTest
    @EnumSource(ForeignTracer.class)
    void tracersOfOthers_areInOneTraceWithBothProcesses(ForeignTracer tracer) throws Exception {
      try (ForeignService callee = new ForeignService()) {
        Map<String, String> headers = new HashMap<>();
        String caller = tracer.call(headers);
        gateway.get("/api/call/java?url=" + callee.url(), headers);

        Span entered =
            receiver.awaitSpan("child of " + tracer, span -> parentName(span).equals(caller));
        Span served = awaitChild(awaitChild(entered));
        assertThat(served.getName()).isEqualTo("GET /call/{client}");
        assertThat(tracer.caller(callee.headers())).isEqualTo(name(awaitChild(served)));
      }
    }

    @Test
    void controllerOfWebFlux_namesTheRoute() {
      assertThat(gateway.get("/own/traveller").body()).isEqualTo("hello traveller");
      Span span = receiver.awaitSpan("own endpoint", server("/own/traveller"));
      assertThat(span.getName()).isEqualTo("GET /own/{name}");
    }

    @Test
    void failureBehindTheGateway_marksAllThreeSpans() {
      assertThat(gateway.get("/api/boom").statusCode()).isEqualTo(500);
      Span entered = receiver.awaitSpan("gateway's span", server("/api/boom"));
      Span call = awaitChild(entered);
      for (Span span : new Span[] {entered, call, awaitChild(call)}) {
        assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(attributes(span)).containsEntry("http.response.status_code", "500");
      }
    }
  }
}
