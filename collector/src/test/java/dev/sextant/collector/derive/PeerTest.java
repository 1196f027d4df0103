package dev.sextant.collector.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.fixture.Otlp;
import dev.sextant.metrics.model.Labels;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that send no spans: databases, caches, queues, hosts, and what proxies tell. */
class PeerTest {
  private static final String REQUESTS = "traces_service_graph_request_total";
  private static final DeriveSettings FEW =
      DeriveSettings.DEFAULT.with(Duration.ofSeconds(5), Duration.ofHours(1), 500, 3);

  @TempDir Path directory;
  private DeriveFixture derive;

  @BeforeEach
  void open() throws Exception {
    derive = new DeriveFixture(directory, FEW);
  }

  @AfterEach
  void close() throws Exception {
    derive.close();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # kind, attributes, connection type, server type, server, system
          CLIENT, db.system.name=postgresql;db.namespace=shop, database, database, shop, postgresql
          CLIENT, db.system=mysql;db.name=shop;server.address=db1, database, database, shop, mysql
          CLIENT, db.system=mongodb;net.peer.name=mongo1, database, database, mongo1, mongodb
          CLIENT, db.type=sql;db.instance=orders, database, database, orders, sql
          CLIENT, db.system.name=h2, database, database, h2, h2
          CLIENT, db.namespace=shop;peer.service=stock-db, database, database, stock-db, ''
          CLIENT, db.system=redis;db.namespace=0;server.address=cart-cache, database, cache, cart-cache, redis
          CLIENT, db.system.name=Memcached;net.peer.name=mc, database, cache, mc, memcached
          CLIENT, db.type=redis;db.instance=0, database, cache, redis, redis
          PRODUCER, messaging.system=kafka;messaging.destination.name=orders, messaging_system, queue, orders, kafka
          PRODUCER, messaging.system=rabbitmq;messaging.destination=mails, messaging_system, queue, mails, rabbitmq
          PRODUCER, messaging.destination.template=reply-{id};messaging.destination.name=reply-7, messaging_system, queue, reply-{id}, ''
          PRODUCER, message_bus.destination=old, messaging_system, queue, old, ''
          CLIENT, messaging.system=kafka;messaging.operation.type=send;messaging.destination.name=orders, messaging_system, queue, orders, kafka
          CLIENT, server.address=pay.example, virtual_node, external, pay.example, ''
          CLIENT, net.peer.name=pay.example, virtual_node, external, pay.example, ''
          CLIENT, peer.service=pay;server.address=pay.example, virtual_node, external, pay, ''
          CLIENT, peer.hostname=ot.example, virtual_node, external, ot.example, ''
          CLIENT, network.peer.address=10.0.0.7, virtual_node, external, 10.0.0.7, ''
          CLIENT, http.host=pay.example:8443, virtual_node, external, pay.example, ''
          CLIENT, url.full=https://me:pw@pay.example:8443/v1?x=@1, virtual_node, external, pay.example, ''
          CLIENT, http.url=http://[::1]:80/x, virtual_node, external, [::1], ''
          """)
  void peer_isToldByAttributes(
      String kind, String attributes, String type, String serverType, String name, String system)
      throws Exception {
    derive.send("orders", with(span(1, 1, 0, SpanKind.valueOf("SPAN_KIND_" + kind)), attributes));

    assertThat(edges())
        .containsExactly(
            Map.entry("orders→" + name, Map.of(type, serverType + "," + system).toString()));
  }

  /** What each edge says beside its ends: connection type, server type and system. */
  private Map<String, String> edges() throws Exception {
    derive.advance(Duration.ofSeconds(20));
    derive.tick();
    Map<String, String> edges = new TreeMap<>();
    derive.batches().getLast().targets().getFirst().series().stream()
        .map(series -> series.labels())
        .filter(labels -> labels.metricName().equals(REQUESTS))
        .forEach(
            labels ->
                edges.put(
                    labels.get("client") + "→" + labels.get("server"),
                    Map.of(
                            labels.get("connection_type"),
                            labels.get("server_type") + "," + labels.get("system"))
                        .toString()));
    return edges;
  }

  @Test
  void messagesBetweenServices_nameTheirQueue() throws Exception {
    derive.send(
        "orders",
        with(
            span(1, 1, 0, SpanKind.SPAN_KIND_PRODUCER),
            "messaging.system=kafka;messaging.destination.name=placed"));
    derive.send("mailer", span(1, 2, 1, SpanKind.SPAN_KIND_CONSUMER));
    derive.send("orders", span(2, 3, 0, SpanKind.SPAN_KIND_PRODUCER));
    derive.send(
        "audit",
        with(span(2, 4, 3, SpanKind.SPAN_KIND_CONSUMER), "messaging.destination.name=log"));

    assertThat(requests())
        .isEqualTo(
            Map.of(
                edge("orders", "mailer")
                    .with("connection_type", "messaging_system")
                    .with("queue", "placed")
                    .with("system", "kafka")
                    .toString(),
                1.0,
                edge("orders", "audit")
                    .with("connection_type", "messaging_system")
                    .with("queue", "log")
                    .toString(),
                1.0));
  }

  @Test
  void receivingClients_areCalledByTheirQueue_settlingOnesByNobody() throws Exception {
    String kafka = "messaging.system=kafka;messaging.destination.name=placed;";
    Span.Builder receive = span(1, 1, 9, SpanKind.SPAN_KIND_CLIENT);
    Span.Builder settle = span(2, 2, 9, SpanKind.SPAN_KIND_CLIENT);
    derive.send(
        "mailer",
        with(receive, kafka + "messaging.operation.type=receive"),
        with(settle, kafka + "messaging.operation.type=settle"));

    assertThat(requests())
        .isEqualTo(
            Map.of(
                edge("placed", "mailer")
                    .with("connection_type", "messaging_system")
                    .with("client_type", "queue")
                    .with("system", "kafka")
                    .toString(),
                1.0));
  }

  /** Envoy tells of a request it passes on with one span, or with two. */
  @Test
  void proxies_areGateways_andCallersThoughTheyTellOneSpan() throws Exception {
    String envoy = "component=proxy;upstream_cluster=shop_cluster";
    derive.send("front", with(span(1, 1, 0, SpanKind.SPAN_KIND_SERVER), envoy));
    derive.send("shop", span(1, 2, 1, SpanKind.SPAN_KIND_SERVER));
    derive.send("front", with(span(2, 3, 0, SpanKind.SPAN_KIND_SERVER), envoy));
    derive.send("front", with(span(2, 4, 3, SpanKind.SPAN_KIND_CLIENT), envoy));
    derive.send("shop", span(2, 5, 4, SpanKind.SPAN_KIND_SERVER));
    derive.send("front", with(span(3, 6, 0, SpanKind.SPAN_KIND_SERVER), envoy));

    assertThat(requests())
        .isEqualTo(
            Map.of(
                edge("front", "shop").with("client_type", "gateway").toString(),
                2.0,
                edge("user", "front")
                    .with("connection_type", "virtual_node")
                    .with("client_type", "user")
                    .with("server_type", "gateway")
                    .toString(),
                3.0,
                edge("front", "shop_cluster")
                    .with("connection_type", "virtual_node")
                    .with("client_type", "gateway")
                    .with("server_type", "external")
                    .toString(),
                1.0));
  }

  @Test
  void loops_areEdges() throws Exception {
    derive.send("a", span(1, 1, 0, SpanKind.SPAN_KIND_CLIENT));
    derive.send("a", span(1, 2, 1, SpanKind.SPAN_KIND_SERVER));
    derive.send("a", span(1, 3, 2, SpanKind.SPAN_KIND_CLIENT));
    derive.send("b", span(1, 4, 3, SpanKind.SPAN_KIND_SERVER));
    derive.send("b", span(1, 5, 4, SpanKind.SPAN_KIND_CLIENT));
    derive.send("a", span(1, 6, 5, SpanKind.SPAN_KIND_SERVER));

    assertThat(requests().keySet())
        .containsExactlyInAnyOrder(
            edge("a", "a").toString(), edge("a", "b").toString(), edge("b", "a").toString());
  }

  @Test
  void aPairThatCallsAndSends_hasAnEdgeOfEachType() throws Exception {
    derive.send("a", span(1, 1, 0, SpanKind.SPAN_KIND_CLIENT));
    derive.send("b", span(1, 2, 1, SpanKind.SPAN_KIND_SERVER));
    derive.send("a", span(1, 3, 0, SpanKind.SPAN_KIND_PRODUCER));
    derive.send("b", span(1, 4, 3, SpanKind.SPAN_KIND_CONSUMER));

    assertThat(requests().keySet())
        .containsExactlyInAnyOrder(
            edge("a", "b").toString(),
            edge("a", "b").with("connection_type", "messaging_system").toString());
  }

  @Test
  void peersBeyondTheBound_areOneForEachService_overARestartToo() throws Exception {
    for (int host = 0; host < 4; host++) {
      callHosts(host);
    }
    requests();
    derive.crash();
    for (int host = 0; host < 6; host++) {
      callHosts(host);
    }

    Map<String, Double> requests = requests();
    assertThat(requests).hasSize(2 * 4);
    for (String service : new String[] {"a", "b"}) {
      for (int host = 0; host < 3; host++) {
        assertThat(requests).containsEntry(external(service, "host" + host), 2.0);
      }
      assertThat(requests).containsEntry(external(service, "_other"), 4.0);
    }
  }

  /** Hosts come and go, above all where they are told by their addresses. */
  @Test
  void peersThatAreNotCalledForLong_makeRoomForOthers() throws Exception {
    for (int host = 0; host < 4; host++) {
      callHosts(host);
    }
    requests();
    derive.advance(Duration.ofMinutes(40));
    callHosts(1);
    requests();
    derive.advance(Duration.ofMinutes(40));
    requests();
    for (int host = 4; host < 6; host++) {
      callHosts(host);
    }

    assertThat(requests())
        .containsOnlyKeys(
            external("a", "host1"),
            external("a", "host4"),
            external("a", "host5"),
            external("b", "host1"),
            external("b", "host4"),
            external("b", "host5"));
  }

  private long spans = 100;

  private void callHosts(int host) {
    for (String service : new String[] {"a", "b"}) {
      Span.Builder call = span(++spans, spans, 0, SpanKind.SPAN_KIND_CLIENT);
      derive.send(service, with(call, "server.address=host" + host));
      derive.advance(Duration.ofSeconds(1));
    }
  }

  private static String external(String client, String server) {
    return edge(client, server)
        .with("connection_type", "virtual_node")
        .with("server_type", "external")
        .toString();
  }

  /** Between the client's duration and the server's lies the network. */
  @Test
  void bothSides_haveTheirOwnDurations() throws Exception {
    Span.Builder call = span(1, 1, 0, SpanKind.SPAN_KIND_CLIENT);
    call.setEndTimeUnixNano(call.getStartTimeUnixNano() + 90_000_000);
    Span.Builder served = span(1, 2, 1, SpanKind.SPAN_KIND_SERVER);
    served.setEndTimeUnixNano(served.getStartTimeUnixNano() + 50_000_000);
    derive.send("a", call);
    derive.send("b", served);
    requests();

    assertThat(derive.newest("traces_service_graph_request_client_seconds_sum").values())
        .containsExactly(0.09);
    assertThat(derive.newest("traces_service_graph_request_server_seconds_sum").values())
        .containsExactly(0.05);
  }

  private Map<String, Double> requests() throws Exception {
    derive.advance(Duration.ofSeconds(20));
    derive.tick();
    return derive.newest(REQUESTS);
  }

  private static Labels edge(String client, String server) {
    return Labels.of(Labels.NAME, REQUESTS, "client", client, "server", server);
  }

  private Span.Builder span(long trace, long id, long parent, SpanKind kind) {
    Span.Builder span = Otlp.span(trace, id, derive.now()).setKind(kind);
    return parent == 0 ? span : span.setParentSpanId(Otlp.id(8, parent));
  }

  private static Span.Builder with(Span.Builder span, String attributes) {
    for (String attribute : attributes.split(";")) {
      String[] pair = attribute.split("=", 2);
      span.addAttributes(Otlp.attribute(pair[0], pair[1]));
    }
    return span;
  }
}
