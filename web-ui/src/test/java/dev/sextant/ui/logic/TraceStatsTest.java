package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceStatsTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
    script.eval(
        """
        globalThis.span = (id, parent, at, length, more) => ({
          spanId: id, parentSpanId: parent, resource: 0, name: id, startNanos: String(at), durationNanos: length,
          status: 'unset', attributes: [], events: [], ...more });
        globalThis.tree = (...spans) => sx.trace.build({
          traceId: 't', resources: [{service: 'a', hue: 1}, {service: 'b', hue: 2}], spans });
        globalThis.of = (kind, attributes) => sx.tracestats.call({
          name: 'the name', kind, attributes: Object.entries(attributes).map(([key, value]) => ({key, value})) });
        """);
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  @Test
  void group_byOperation_isByServiceAndName() {
    String spans =
        "tree(span('r','',0,100,{name:'x'}), span('a','r',0,10,{name:'y',resource:1,status:'error'}), span('b','r',20,30,{name:'y',resource:1}))";

    assertThat(
            script.json(
                "sx.tracestats.group("
                    + spans
                    + ".nodes, 'operation').map((g) => [g.service, g.name, g.count, g.errors, g.total, g.self, g.longest])"))
        .isEqualTo("[[\"a\",\"x\",1,0,100,60,100],[\"b\",\"y\",2,1,40,40,30]]");
    assertThat(
            script.json(
                "sx.tracestats.group("
                    + spans
                    + ".nodes, 'service').map((g) => [g.service, g.count])"))
        .isEqualTo("[[\"a\",1],[\"b\",2]]");
    assertThat(
            script.json(
                "sx.tracestats.sorted(sx.tracestats.group("
                    + spans
                    + ".nodes, 'operation'), 'count').map((g) => g.name)"))
        .isEqualTo("[\"y\",\"x\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client | {'db.system': 'postgresql', 'db.statement': 'SELECT 1\\n  FROM x'} | database SELECT 1 FROM x",
        "client | {'db.system.name': 'mysql', 'db.operation.name': 'INSERT', 'db.collection.name': 'orders'} | database INSERT orders",
        "client | {'db.system.name': 'mongodb'} | database the name",
        "client | {'db.system': 'redis', 'db.operation': 'GET'} | cache redis GET",
        "client | {'db.system': 'Memcached'} | cache Memcached the name",
        "internal | {'db.system': 'hikari'} | null",
        "client | {'db.system.name': '', 'db.system': 'h2'} | database the name",
        "client | {'db.system': 7} | null",
        "client | {'rpc.system': 'grpc', 'rpc.service': 'Pay', 'rpc.method': 'Charge'} | rpc Pay Charge",
        "client | {'http.request.method': 'GET', 'server.address': 'shop', 'url.template': '/x/{id}'} | rpc GET shop /x/{id}",
        "producer | {'messaging.system': 'kafka', 'messaging.destination.name': 'orders'} | message producer orders",
        "consumer | {'messaging.system': 'kafka', 'messaging.operation.type': 'process', 'messaging.destination.name': 'orders'} | message process orders",
        "server | {'http.request.method': 'GET'} | null",
        "internal | {} | null"
      })
  void call_isToldByAttributes(String kind, String attributes, String expected) {
    assertThat(
            script.text(
                "((c) => c && c.kind + ' ' + c.name)(of('" + kind + "', " + attributes + "))"))
        .isEqualTo(expected);
  }

  @Test
  void group_byKind_leavesOthersOut() {
    String spans =
        "tree(span('r','',0,100), span('a','r',0,10,{kind:'client',attributes:[{key:'db.system',value:'h2'},{key:'db.statement',value:'q'}]}), span('b','r',20,30,{kind:'client',attributes:[{key:'db.system',value:'h2'},{key:'db.statement',value:'q'}]}))";

    assertThat(
            script.json(
                "sx.tracestats.group("
                    + spans
                    + ".nodes, 'database').map((g) => [g.name, g.count, g.total])"))
        .isEqualTo("[[\"q\",2,40]]");
    assertThat(script.json("sx.tracestats.counts(" + spans + ".nodes)"))
        .isEqualTo(
            "{\"operation\":3,\"service\":3,\"database\":2,\"cache\":0,\"rpc\":0,\"message\":0}");
  }

  @Test
  void frames_mergeAlikeCallsAndNeverAddUpToMore() {
    String spans =
        "tree(span('r','',0,100), span('a','r',0,60,{name:'q'}), span('b','r',10,60,{name:'q'}), span('c','a',5,10))";
    String boxes =
        "sx.tracestats.boxes(sx.tracestats.frames("
            + spans
            + "), 0.001).map((b) => [b.frame.name, b.row, b.frame.count, b.frame.self, b.frame.value])";

    // r waits for 70 of its 100; both q hold 110 for themselves, 10 are c's.
    assertThat(script.json(boxes))
        .isEqualTo("[[\"\",0,0,0,150],[\"r\",1,1,30,150],[\"q\",2,2,110,120],[\"c\",3,1,10,10]]");
    assertThat(
            script.json(
                "sx.tracestats.boxes(sx.tracestats.frames("
                    + spans
                    + "), 0.5).map((b) => b.frame.name)"))
        .isEqualTo("[\"\",\"r\",\"q\"]");
  }

  @Test
  void byTime_putsTheOldestFirst() {
    assertThat(
            script.text(
                "sx.lines.byTime([{timeNanos: '20', body: 'c'}, {timeNanos: '3', body: 'a'}, {timeNanos: '20', body: 'd'}, {timeNanos: '10', body: 'b'}]).map((l) => l.body).join('')"))
        .isEqualTo("abcd");
  }

  @Test
  void frames_ofADeepChain_areLinear() {
    script.eval(
        "globalThis.deep = tree(...Array.from({length: 50000}, (_, i) => span('s' + i, i ? 's' + (i - 1) : '', i, 50001 - i)))");

    assertThat(script.eval("sx.tracestats.frames(deep).value").asInt()).isEqualTo(50_001);
  }
}
