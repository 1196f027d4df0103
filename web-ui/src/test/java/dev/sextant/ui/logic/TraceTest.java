package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
    script.eval(
        """
        globalThis.span = (id, parent, at, length, more) => ({
          spanId: id, parentSpanId: parent, resource: 0, name: id, startNanos: String(1795185130000000000n + BigInt(at)),
          durationNanos: length, status: 'unset', attributes: [], events: [], ...more });
        globalThis.build = (...spans) => sx.trace.build({
          traceId: 't', resources: [{service: 'a', hue: 1}, {service: 'b', hue: 2}], spans });
        globalThis.path = (tree) => Object.fromEntries([...sx.trace.criticalPath(tree)].map(([n, p]) => [n.span.spanId, p]));
        """);
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  @Test
  void build_ordersDepthFirstByStart() {
    assertThat(
            script.json(
                "build(span('r','',0,100), span('c','r',50,10), span('b','r',10,10), span('d','b',12,2)).nodes.map((n) => n.span.spanId + n.depth)"))
        .isEqualTo("[\"r0\",\"b1\",\"d2\",\"c1\"]");
  }

  @Test
  void build_showsSpansWhereTheyBelong_ifTheirClockIsOff() {
    assertThat(
            script.json(
                "build(span('r','',0,100), span('c','r',-500,60,{skewNanos: 520})).nodes.map((n) => n.start)"))
        .isEqualTo("[0,20]");
  }

  @Test
  void label_ofAClientCall_saysWhereItWent() {
    String call =
        "sx.trace.label({kind: 'client', name: 'POST', attributes: [{key: 'url.full', value: '%s'}]})";

    assertThat(script.json(call.formatted("https://u:p@api.pay.example/v2/charges?key=1")))
        .isEqualTo("\"POST api.pay.example/v2/charges\"");
    assertThat(script.json(call.formatted("http://shop:8080/"))).isEqualTo("\"POST shop:8080\"");
    assertThat(
            script.json(
                "sx.trace.label({kind: 'client', name: 'GET', attributes: [{key: 'server.address', value: 'db'}]})"))
        .isEqualTo("\"GET db\"");
    assertThat(script.json("sx.trace.label({kind: 'client', name: 'GET', attributes: []})"))
        .isEqualTo("\"GET\"");
    assertThat(script.json("sx.trace.label({kind: 'server', name: 'GET', attributes: []})"))
        .isEqualTo("\"GET\"");
  }

  @Test
  void build_measuresFromTheFirstSpanWithoutLosingNanoseconds() {
    assertThat(
            script.json("build(span('r','',0,100), span('c','r',37,10)).nodes.map((n) => n.start)"))
        .isEqualTo("[0,37]");
  }

  @Test
  void build_marksSpansWhoseParentIsMissing() {
    assertThat(
            script.json(
                "build(span('r','',0,100), span('x','gone',10,10)).roots.map((n) => [n.span.spanId, n.orphan])"))
        .isEqualTo("[[\"r\",false],[\"x\",true]]");
  }

  @Test
  void build_cutsRingsOfParents() {
    assertThat(script.json("build(span('a','b',0,10), span('b','a',1,5)).nodes.length"))
        .isEqualTo("2");
    assertThat(script.json("build(span('a','a',0,10)).roots.length")).isEqualTo("1");
  }

  @Test
  void build_ofNothingIsEmpty() {
    assertThat(script.json("build().nodes")).isEqualTo("[]");
    assertThat(script.json("path(build())")).isEqualTo("{}");
  }

  @Test
  void self_doesNotCountOverlappingChildrenTwice() {
    assertThat(
            script.json(
                "build(span('r','',0,100), span('a','r',10,40), span('b','r',30,40), span('c','r',90,50)).nodes[0].self"))
        .isEqualTo("30");
  }

  @Test
  void criticalPath_followsTheChildThatEndedLast() {
    String tree =
        "build(span('r','',0,100), span('a','r',10,30), span('b','r',20,70), span('c','b',30,20))";

    assertThat(script.json("path(" + tree + ")"))
        .isEqualTo(
            "{\"r\":[[90,100],[0,10]],\"a\":[[10,20]],\"b\":[[50,90],[20,30]],\"c\":[[30,50]]}");
  }

  @Test
  void criticalPath_coversTheRootOnce() {
    String sum =
        "Object.values(path(build(span('r','',0,100), span('a','r',5,90), span('b','a',10,60), span('c','r',20,90)))).flat().reduce((s, [f, t]) => s + t - f, 0)";

    assertThat(script.json(sum)).isEqualTo("100");
  }

  @Test
  void visible_hidesWhatIsBelowACollapsedSpan() {
    String tree =
        "build(span('r','',0,100), span('b','r',10,10), span('d','b',12,2), span('c','r',50,10))";

    assertThat(
            script.json(
                "sx.trace.visible(" + tree + ".nodes, new Set(['b'])).map((n) => n.span.spanId)"))
        .isEqualTo("[\"r\",\"b\",\"c\"]");
  }

  @Test
  void minimap_drawsAHundredThousandSpansWithFewBars() {
    script.eval(
        """
        const children = Array.from({length: 99999}, (_, i) => span('s' + i, 'r', i * 10, 9, {resource: i % 2}));
        globalThis.many = sx.trace.build({traceId: 't', resources: [{service: 'a', hue: 1}, {service: 'b', hue: 2}],
          spans: [span('r', '', 0, 1000000)].concat(children)});

        """);

    assertThat(script.eval("many.nodes.length").asInt()).isEqualTo(100_000);
    assertThat(script.eval("sx.trace.minimap(many.nodes, many.duration, 18, 800).length").asInt())
        .isLessThan(2_000);
  }

  @Test
  void build_ofADeepChain_andOfALargeRing_isLinear() {
    script.eval(
        """
        globalThis.chain = (count, last) => build(...Array.from({length: count}, (_, i) => span('s' + i, i ? 's' + (i - 1) : last, i, 10)));
        """);

    assertThat(script.eval("chain(50000, '').nodes[49999].depth").asInt()).isEqualTo(49_999);
    assertThat(script.json("chain(50000, 's49999').roots.map((n) => n.span.spanId)"))
        .isEqualTo("[\"s0\"]");
    assertThat(script.eval("sx.trace.criticalPath(chain(50000, '')).size").asInt()).isPositive();
  }

  @Test
  void criticalPath_ofColumns_isThatOfTheTree() {
    String tree =
        "build(span('r','',0,100), span('a','r',10,30), span('b','r',20,70), span('c','b',30,20))";

    assertThat(
            script.json(
                "(({rows, from, to}) => rows.map((r, i) => [r, from[i], to[i]]))(sx.critical.path(sx.trace.columns("
                    + tree
                    + ")))"))
        .isEqualTo("[[0,90,100],[0,0,10],[1,10,20],[2,50,90],[2,20,30],[3,30,50]]");
  }

  @Test
  void ofServices_keepsTheRowsOfThose() {
    String tree = "build(span('r','',0,100), span('a','r',10,30,{resource:1}))";

    assertThat(
            script.json(
                "sx.trace.ofServices("
                    + tree
                    + ".nodes, new Set(['b'])).map((n) => n.span.spanId)"))
        .isEqualTo("[\"a\"]");
    assertThat(script.eval("sx.trace.ofServices(" + tree + ".nodes, new Set()).length").asInt())
        .isEqualTo(2);
  }

  @Test
  void view_isReadAsItWasWritten() {
    assertThat(script.text("sx.traceView.write([0, 1])")).isEmpty();
    assertThat(script.text("sx.traceView.write([0.25, 0.5])")).isEqualTo("0.25-0.5");
    assertThat(script.json("sx.traceView.read('0.25-0.5')")).isEqualTo("[0.25,0.5]");
    assertThat(script.json("['', '0.5-0.2', '0-7', 'x'].map(sx.traceView.read)"))
        .isEqualTo("[[0,1],[0,1],[0,1],[0,1]]");
  }

  @Test
  void matches_looksIntoAttributesInAnyCase() {
    assertThat(
            script.json(
                "sx.trace.matches(build(span('r','',0,1,{attributes:[{key:'db.Statement',value:{a:'SELECT 1'}}]})).nodes[0], 'select')"))
        .isEqualTo("true");
  }
}
