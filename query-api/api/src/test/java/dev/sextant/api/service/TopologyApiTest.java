package dev.sextant.api.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.api.TestApi;
import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.QueryLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyApiTest {
  private static final Offset<Double> EXACT = within(1e-9);
  @TempDir static Path dir;
  private static TestApi api;
  private static JsonNode graph;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    api.apply(
        new DerivedSeries()
            .served("shop", "GET", 3_600_000, age -> 30, age -> 0)
            .served("cart", "GET", 3_600_000, age -> 15, age -> 0)
            .edge("user", "shop", "virtual_node", 30, 0)
            .edge("shop", "cart", "", 15, 3)
            .edge("shop", "orders", "database", 15, 0)
            .edge("cart", "orders", "database", 30, 0)
            .edge(typed("shop", "events", "messaging_system", "server_type", "queue"), 15)
            .edge(typed("shop", "sessions", "database", "server_type", "cache"), 15)
            .edge(typed("front", "shop", "", "client_type", "gateway"), 15)
            .edge(
                typed("shop", "mailer", "messaging_system", "queue", "placed")
                    .with("system", "kafka"),
                15)
            .edge(
                typed("cart", "audit", "messaging_system", "queue", "placed")
                    .with("system", "kafka"),
                30)
            .edge(typed("jobs", "audit", "messaging_system", "client_type", "queue"), 15)
            .gauge(
                Labels.of("__name__", "target_info", "job", "eu/front/shop", "instance", "i1"),
                1,
                60_000,
                0)
            .edge("cart", "shop", "messaging_system", 15, 0)
            .edge("cart", "pay.example", "virtual_node", 15, 0)
            .edge("user", "cart", "", 15, 0)
            .edge("cart", "idle", "", 0, 0)
            .build());
    graph = api.get("/sextant/v1/topology").json();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static Labels typed(String client, String server, String type, String... more) {
    return DerivedSeries.labels(client, server, type).with(more[0], more[1]);
  }

  private static JsonNode node(String id) {
    return StreamSupport.stream(graph.at("/nodes").spliterator(), false)
        .filter(node -> node.at("/id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode edge(String from, String to) {
    return StreamSupport.stream(graph.at("/edges").spliterator(), false)
        .filter(
            edge -> edge.at("/from").asText().equals(from) && edge.at("/to").asText().equals(to))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "shop, shop, service",
    "cart, cart, service",
    "user, user, service",
    "client:user, user, client",
    "database:orders, orders, database",
    "queue:events, events, queue",
    "queue:placed, placed, queue",
    "queue:jobs, jobs, queue",
    "cache:sessions, sessions, cache",
    "front, front, gateway",
    "mailer, mailer, service",
    "audit, audit, service",
    "external:pay.example, pay.example, external"
  })
  void nodes_eachKind(String id, String name, String kind) {
    assertThat(node(id).at("/name").asText()).isEqualTo(name);
    assertThat(node(id).at("/kind").asText()).isEqualTo(kind);
    assertThat(node(id).at("/hue").isNull())
        .isEqualTo(!kind.equals("service") && !kind.equals("gateway"));
  }

  @Test
  void nodes_areNoMore() {
    assertThat(graph.at("/nodes")).hasSize(13);
  }

  @Test
  void node_ofSeveralClients_hasTheSumOfTheirCalls() {
    assertThat(node("database:orders").at("/rate").asDouble()).isCloseTo(3, EXACT);
    assertThat(node("database:orders").at("/p50").asDouble()).isCloseTo(0.15, EXACT);
    assertThat(node("database:orders").at("/health").asText()).isEqualTo("healthy");
  }

  @Test
  void edges_haveFigures() {
    JsonNode edge = edge("shop", "cart");

    assertThat(edge.at("/rate").asDouble()).isCloseTo(1, EXACT);
    assertThat(edge.at("/calls").asDouble()).isCloseTo(3_600, within(1e-6));
    assertThat(edge.at("/errorShare").asDouble()).isCloseTo(0.2, EXACT);
    assertThat(edge.at("/p95").asDouble()).isCloseTo(0.195, EXACT);
    assertThat(edge("client:user", "shop").at("/rate").asDouble()).isCloseTo(2, EXACT);
  }

  /** Two services told of the message, its queue stands between them. */
  @Test
  void edges_messagesGoThroughTheirQueue() {
    assertThat(edge("shop", "queue:placed").at("/rate").asDouble()).isCloseTo(1, EXACT);
    assertThat(edge("cart", "queue:placed").at("/rate").asDouble()).isCloseTo(2, EXACT);
    assertThat(edge("queue:placed", "mailer").at("/rate").asDouble()).isCloseTo(1, EXACT);
    assertThat(edge("queue:placed", "audit").at("/rate").asDouble()).isCloseTo(2, EXACT);
    assertThat(edge("shop", "queue:placed").at("/p50").asDouble()).isCloseTo(0.15, EXACT);
    assertThat(edge("queue:placed", "mailer").at("/p50").asDouble()).isCloseTo(0.075, EXACT);
    assertThat(node("queue:placed").at("/system").asText()).isEqualTo("kafka");
    assertThat(node("queue:placed").at("/rate").asDouble()).isCloseTo(3, EXACT);
  }

  @Test
  void network_isWhatTheServerDidNotSee_whereBothSidesTold() {
    assertThat(edge("shop", "cart").at("/network").asDouble()).isCloseTo(0.05, EXACT);
    assertThat(node("cart").at("/network").asDouble()).isCloseTo(0.05, EXACT);
    assertThat(edge("shop", "database:orders").at("/network").isNull()).isTrue();
    assertThat(edge("queue:placed", "mailer").at("/network").isNull()).isTrue();
  }

  @Test
  void services_haveTheirNamespace() {
    assertThat(node("shop").at("/namespace").asText()).isEqualTo("eu/front");
    assertThat(node("cart").at("/namespace").asText()).isEmpty();
  }

  @Test
  void edges_beyondTheMost_areLeftOut_andCounted() {
    JsonNode few = api.get("/sextant/v1/topology?maxEdges=3").json();

    assertThat(few.at("/edges")).hasSize(3);
    assertThat(few.at("/edgesFound").asInt()).isEqualTo(15);
    assertThat(few.at("/edges/0/rate").asDouble()).isCloseTo(2, EXACT);
  }

  @Test
  void timeline_countsAllEdges() {
    JsonNode line = api.get("/sextant/v1/topology/timeline").json();

    assertThat(line.at("/requests/values")).hasSizeGreaterThan(100);
    assertThat(line.at("/requests/values/100").asDouble()).isCloseTo(16, EXACT);
    assertThat(line.at("/errors/values/100").asDouble()).isCloseTo(0.2, EXACT);
  }

  @Test
  void edges_messagesToAKnownService_endAtIt() {
    assertThat(edge("cart", "shop").at("/rate").asDouble()).isCloseTo(1, EXACT);
  }

  @Test
  void edges_withoutCalls_areLeftOut() {
    assertThat(graph.at("/edges")).hasSize(15);
    assertThat(graph.at("/edges").findValuesAsText("to")).doesNotContain("idle");
  }

  @Test
  void topology_emptyRange_isEmpty() {
    JsonNode none = api.get("/sextant/v1/topology?from=0&to=1000").json();

    assertThat(none.at("/nodes")).isEmpty();
    assertThat(none.at("/edges")).isEmpty();
  }

  @Test
  void aServiceThatIsCalledUser_isAService(@TempDir Path other) {
    try (TestApi users = new TestApi(other)) {
      users.apply(
          new DerivedSeries()
              .edge(typed("user", "mail.example", "virtual_node", "server_type", "external"), 1)
              .edge(typed("user", "shop", "virtual_node", "client_type", "user"), 1)
              .build());
      JsonNode edges = users.get("/sextant/v1/topology").json().at("/edges");

      assertThat(edges.findValuesAsText("from")).containsExactlyInAnyOrder("user", "client:user");
    }
  }

  @Test
  void topology_limitReached_is422NamingTheSetting(@TempDir Path other) {
    QueryLimits few = new QueryLimits(2, 1 << 20, Duration.ofMinutes(2), 1_000, 1_000);
    try (TestApi small = new TestApi(other, new TestApi.Options().limits(few))) {
      small.apply(new DerivedSeries().edge("a", "b", "", 1, 0).build());
      var answer = small.get("/sextant/v1/topology");

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.json().at("/error/code").asText()).isEqualTo("execution");
      assertThat(answer.json().at("/error/message").asText()).contains("query.max-samples");
    }
  }
}
