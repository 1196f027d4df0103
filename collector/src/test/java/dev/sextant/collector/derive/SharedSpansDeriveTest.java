package dev.sextant.collector.derive;

import static dev.sextant.collector.fixture.Otlp.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.fixture.Otlp;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of a call under one id, as Zipkin's tracers report them. */
class SharedSpansDeriveTest {
  private static final KeyValue SHARED =
      KeyValue.newBuilder()
          .setKey("zipkin.shared")
          .setValue(AnyValue.newBuilder().setBoolValue(true))
          .build();

  @TempDir Path directory;
  private DeriveFixture derive;

  @BeforeEach
  void open() throws Exception {
    derive = new DeriveFixture(directory, DeriveSettings.DEFAULT);
  }

  @AfterEach
  void close() throws Exception {
    derive.close();
  }

  private static Span.Builder client(long parent) {
    return half(parent)
        .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
        .addAttributes(Otlp.attribute("peer.service", "somebody"));
  }

  private static Span.Builder server(long parent) {
    return half(parent)
        .addAttributes(Otlp.attribute("http.method", "GET"))
        .addAttributes(SHARED)
        .addAttributes(Otlp.attribute("http.path", "/"));
  }

  private static Span.Builder half(long parent) {
    Span.Builder half = span(1, 2, DeriveFixture.START);
    return parent == 0 ? half : half.setParentSpanId(Otlp.id(8, parent));
  }

  private Map<String, Double> edges() throws Exception {
    derive.tick();
    derive.advance(Duration.ofMinutes(5));
    derive.tick();
    return derive.newest(Edge.REQUESTS);
  }

  private static String fromUser(String server) {
    return "%s{client=\"user\", client_type=\"user\", connection_type=\"virtual_node\", server=\"%s\"}"
        .formatted(Edge.REQUESTS, server);
  }

  private static String toHost(String client, String host) {
    return "%s{client=\"%s\", connection_type=\"virtual_node\", server=\"%s\", server_type=\"external\"}"
        .formatted(Edge.REQUESTS, client, host);
  }

  private static String plain(String client, String server) {
    return "%s{client=\"%s\", server=\"%s\"}".formatted(Edge.REQUESTS, client, server);
  }

  @Test
  void theTwoEnds_areOneEdge() throws Exception {
    derive.send("front", client(1));
    derive.send("back", server(1));
    assertThat(edges()).isEqualTo(Map.of(plain("front", "back"), 1.0));
  }

  @Test
  void theTwoEndsOfARoot_areOneEdge_whicheverComesFirst() throws Exception {
    derive.send("back", server(0));
    derive.send("front", client(0));
    assertThat(edges()).isEqualTo(Map.of(plain("front", "back"), 1.0));
  }

  @Test
  void aCalledEndAlone_isAnEdgeFromOutside() throws Exception {
    derive.send("back", server(0));
    assertThat(edges()).isEqualTo(Map.of(fromUser("back"), 1.0));
  }

  @Test
  void withoutTheFlag_theParentIsTheCaller() throws Exception {
    derive.send("front", client(0));
    derive.send("back", half(1));
    assertThat(edges().keySet())
        .containsExactlyInAnyOrder(toHost("front", "somebody"), fromUser("back"));
  }

  /** A proxy's span is a caller of its own only under an id of its own. */
  @Test
  void aProxyUnderItsCallersId_isCalledByIt() throws Exception {
    derive.send("back", server(0).addAttributes(Otlp.attribute("component", "proxy")));
    derive.send("front", client(0));
    assertThat(edges().keySet())
        .containsExactly(
            "%s{client=\"front\", server=\"back\", server_type=\"gateway\"}"
                .formatted(Edge.REQUESTS));
  }
}
