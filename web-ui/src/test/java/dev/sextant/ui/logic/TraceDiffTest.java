package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TraceDiffTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
    script.eval(
        """
        globalThis.span = (id, parent, name, at, length, more) => ({
          spanId: id, parentSpanId: parent, resource: 0, name, startNanos: String(at), durationNanos: length,
          status: 'unset', attributes: [], events: [], ...more });
        globalThis.tree = (...spans) => sx.trace.build({
          traceId: 't', resources: [{service: 'shop', hue: 1}, {service: 'stock', hue: 2}], spans });
        globalThis.A = tree(span('r','','get',0,100), span('a','r','load',0,10), span('b','r','load',20,30),
          span('c','r','old',60,5), span('d','c','deep',60,1));
        globalThis.B = tree(span('r','','get',5,90), span('a','r','load',5,10), span('n','r','new',20,7,{resource:1}),
          span('c','r','old',60,5), span('d','c','deep',60,1,{status:'error'}), span('z','','other root',99,1));
        globalThis.rows = sx.tracediff.merged(A, B);
        globalThis.brief = (g) => [g.depth, g.name, g.a.count, g.b.count].join(' ');
        """);
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  @Test
  void merged_groupsRepeatedCallsAndKeepsTheOrderOfBoth() {
    assertThat(script.json("rows.map(brief)"))
        .isEqualTo(
            "[\"0 get 1 1\",\"1 load 2 1\",\"1 new 0 1\",\"1 old 1 1\",\"2 deep 1 1\",\"0 other root 0 1\"]");
    assertThat(script.json("[rows[1].a, rows[1].b]"))
        .isEqualTo(
            "[{\"count\":2,\"errors\":0,\"total\":40,\"self\":40,\"span\":\"a\"},{\"count\":1,\"errors\":0,\"total\":10,\"self\":10,\"span\":\"a\"}]");
    assertThat(script.json("rows.map((g) => g.descendants)")).isEqualTo("[4,0,0,1,0,0]");
  }

  @Test
  void merged_tellsWhatDiffersAndWhatLeadsThere() {
    assertThat(script.json("rows.map((g) => [g.differs, g.within])"))
        .isEqualTo(
            "[[false,true],[true,false],[true,false],[false,true],[true,false],[true,false]]");
    assertThat(script.json("rows.map(sx.tracediff.where)"))
        .isEqualTo("[\"both\",\"both\",\"b\",\"both\",\"both\",\"b\"]");
    assertThat(script.json("sx.tracediff.counts(rows)"))
        .isEqualTo("{\"a\":0,\"b\":2,\"changed\":2}");
  }

  @Test
  void merged_ofOneTraceWithItselfDiffersNowhere() {
    String same = "sx.tracediff.merged(A, A)";
    assertThat(script.eval(same + ".every((g) => !g.differs && !g.within)").asBoolean()).isTrue();
    assertThat(script.eval("sx.tracediff.greatest(" + same + ") === null").asBoolean()).isTrue();
    assertThat(script.json("sx.tracediff.visible(" + same + ", new Set(), true)")).isEqualTo("[]");
  }

  @Test
  void merged_sameNamesAtOtherPlacesAreOtherCalls() {
    assertThat(
            script.json(
                "sx.tracediff.merged(tree(span('r','','x',0,9), span('a','r','x',0,5)), tree(span('r','','x',0,9), span('a','r','x',0,5,{resource:1}))).map(brief)"))
        .isEqualTo("[\"0 x 1 1\",\"1 x 0 1\",\"1 x 1 0\"]");
    assertThat(script.eval("new Set(rows.map((g) => g.span.spanId)).size").asInt()).isEqualTo(6);
    assertThat(
            script
                .eval(
                    "sx.tracediff.merged(B, A).find((g) => g.name === 'deep').span.spanId === rows[4].span.spanId")
                .asBoolean())
        .isTrue();
  }

  @Test
  void visible_hidesWhatIsCollapsedOrLeadsToNoChange() {
    assertThat(
            script.json("sx.tracediff.visible(rows, new Set([rows[3]]), false).map((g) => g.name)"))
        .isEqualTo("[\"get\",\"load\",\"new\",\"old\",\"other root\"]");
    assertThat(
            script.json(
                "sx.tracediff.visible(sx.tracediff.merged(A, tree(span('r','','get',5,90), span('c','r','old',60,5), span('d','c','deep',60,1))), new Set(), true).map((g) => g.name)"))
        .isEqualTo("[\"get\",\"load\"]");
  }

  @Test
  void totals_countDatabaseTimeOfClients() {
    assertThat(
            script.json(
                "sx.tracediff.totals(tree(span('r','','x',0,9,{status:'error'}), span('a','r','q',0,5,{kind:'client',attributes:[{key:'db.system',value:'h2'}]}), span('b','r','q',0,3,{resource:1,kind:'internal',attributes:[{key:'db.system',value:'h2'}]})))"))
        .isEqualTo(
            "{\"duration\":9,\"spans\":3,\"errors\":1,\"database\":5,\"calls\":1,\"services\":[{\"service\":\"shop\",\"hue\":1},{\"service\":\"stock\",\"hue\":2}]}");
    assertThat(
            script.json(
                "sx.tracediff.without(sx.tracediff.totals(B).services, sx.tracediff.totals(A).services)"))
        .isEqualTo("[{\"service\":\"stock\",\"hue\":2}]");
  }

  @Test
  void greatest_isTheGroupWhoseOwnTimeDiffersMost() {
    assertThat(script.text("sx.tracediff.greatest(rows).name")).isEqualTo("load");
  }

  @Test
  void merged_ofManySpansAndNamesIsLinear() {
    script.eval(
        "globalThis.wide = (n, by) => tree(span('r','','root',0,n), ...Array.from({length: n}, (_, i) => span('s' + i, 'r', 'op ' + (i + by), i, 1)))");

    assertThat(script.eval("sx.tracediff.merged(wide(5000, 0), wide(5000, 2500)).length").asInt())
        .isEqualTo(7501);
  }
}
