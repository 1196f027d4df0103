package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgesTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
    script.eval("globalThis.n = (kind, name) => ({kind, name})");
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          n('service', 'a'), n('service', 'b') ; { resource.service.name = "a" && (kind = client || kind = producer) } > { resource.service.name = "b" && (kind = server || kind = consumer) }
          n('gateway', 'g'), n('service', 'b') ; { resource.service.name = "g" && (kind = client || kind = producer || kind = server) } > { resource.service.name = "b" && (kind = server || kind = consumer) }
          n('client', 'user'), n('gateway', 'g') ; { resource.service.name = "g" && kind = server && nestedSetParent < 0 }
          n('group', 'g'), n('service', 'b') ; ''
          """)
  void traceQl_ofServices(String ends, String query) {
    assertThat(script.text("sx.edges.traceQl(" + ends + ")")).isEqualTo(query);
  }

  @ParameterizedTest
  @CsvSource({
    "n('service' 'a')/ n('database' 'shop'),kind = client,span.db.namespace",
    "n('service' 'a')/ n('cache' 'shop'),kind = client,span.server.address",
    "n('service' 'a')/ n('external' 'shop'),kind = client,span.upstream_cluster",
    "n('service' 'a')/ n('queue' 'shop'),kind = producer,span.messaging.destination.name",
    "n('queue' 'shop')/ n('service' 'a'),kind = consumer,span.messaging.destination.name"
  })
  void traceQl_ofPeers_asksEveryAttributeThatNamesThem(String ends, String kind, String key) {
    String call = ends.replace("' '", "', '").replace('/', ',');

    assertThat(script.text("sx.edges.traceQl(" + call + ")"))
        .startsWith("{ resource.service.name = \"a\" && ")
        .contains(kind, key + " = \"shop\"");
  }

  @Test
  void traceQl_ofWhatOnlyACallerNamed_asksForCallsThatNobodyAnswered() {
    assertThat(
            script.text("sx.edges.traceQl(n('service', 'a'), n('service', 'b'), 'virtual_node')"))
        .startsWith("{ kind = server } !< { resource.service.name = \"a\" && kind = client && ");
  }

  @Test
  void traceQl_asksForTheFirstAttributeThatIsThere() {
    assertThat(script.text("sx.edges.traceQl(n('service', 'a'), n('queue', 'q'))"))
        .contains("messaging.destination.template = nil && (span.messaging.destination.name = ")
        .contains("messaging.system = nil && (span.server.address = \"q\")");
  }

  @Test
  void when_isTheMomentShown_orTheBaseOfWhatVanished() {
    String data = "{range: {from: 0, to: 3600000}, at: 1800000, base: {from: -3600000, to: 0}}";

    assertThat(script.json("sx.edges.when(" + data + ", 'changed')"))
        .isEqualTo("{\"from\":1500000,\"to\":1800000}");
    assertThat(script.json("sx.edges.when(" + data + ", 'vanished')"))
        .isEqualTo("{\"from\":-3600000,\"to\":0}");
    assertThat(script.json("sx.edges.when({range: {from: 0, to: 1}}, undefined)")).isEqualTo("{}");
  }

  @Test
  void queries_quoteForeignNames() {
    assertThat(script.text("sx.edges.traceQl(n('service', 'a\"} | x'), n('service', 'b'))"))
        .startsWith("{ resource.service.name = \"a\\\"} | x\" && ");
    assertThat(script.text("sx.edges.promQl(n('service', 'a\"}'), n('service', 'b'))"))
        .contains("client=\"a\\\"}\"");
  }

  @Test
  void promQl_ofQueues_asksForMessagesBetweenServicesToo() {
    assertThat(script.text("sx.edges.promQl(n('service', 'a'), n('queue', 'q'))"))
        .contains("{client=\"a\", queue=\"q\"}", "{client=\"a\", server=\"q\"}");
  }

  @Test
  void base_isBeforeOrSoLongAgoOrOnesOwn() {
    String range = "{from: 7200000, to: 10800000}";

    assertThat(script.json("sx.edges.base(" + range + ", 'before')"))
        .isEqualTo("{\"from\":3600000,\"to\":7200000}");
    assertThat(script.json("sx.edges.base(" + range + ", '1h')"))
        .isEqualTo("{\"from\":3600000,\"to\":7200000}");
    assertThat(script.json("sx.edges.base(" + range + ", '1700000000000,1700000060000')"))
        .isEqualTo("{\"from\":1700000000000,\"to\":1700000060000}");
    for (String wrong : new String[] {"", "x", "1700000060000,1700000000000"}) {
      assertThat(script.json("sx.edges.base(" + range + ", '" + wrong + "')")).isEqualTo("null");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rate, 5, 1, ▲ +100 %, false, false",
    "p95, 0.2, 1.2, ▲ +120 %, true, false",
    "p95, -0.2, -0.5, ▼ −50 %, false, true",
    "errorShare, 0.09, null, ▲ +9.00 pp, true, false",
    "rate, 5, null, ▲ +5.00 /s, false, false"
  })
  void change_saysDirectionAndSize(
      String figure, String absolute, String relative, String text, boolean worse, boolean better) {
    String change =
        "sx.edges.change({figure: '"
            + figure
            + "', absolute: "
            + absolute
            + ", relative: "
            + relative
            + "})";

    assertThat(script.text(change + ".text")).isEqualTo(text);
    assertThat(script.json(change + ".worse")).isEqualTo(String.valueOf(worse));
    assertThat(script.json(change + ".better")).isEqualTo(String.valueOf(better));
  }

  @Test
  void moment_isATwelfthOfTheRange_withinIt() {
    assertThat(script.json("sx.edges.moment({from: 0, to: 3600000}, 1800000)"))
        .isEqualTo("{\"from\":1500000,\"to\":1800000}");
    assertThat(script.json("sx.edges.moment({from: 0, to: 3600000}, 1)"))
        .isEqualTo("{\"from\":0,\"to\":300000}");
    assertThat(script.json("sx.edges.moment({from: 0, to: 3600000}, 9999999)"))
        .isEqualTo("{\"from\":3300000,\"to\":3600000}");
  }
}
