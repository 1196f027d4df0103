package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GraphTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
    script.eval(
        """
        globalThis.plan = (...edges) => {
          const pairs = edges.map((e) => e.split('>'));
          const ids = [...new Set(pairs.flat())];
          return sx.graph.layout(ids.map((id) => ({id})), pairs.map(([from, to]) => ({from, to})));
        };
        globalThis.layers = (p) => Object.fromEntries([...p.nodes].map(([id, n]) => [id, n.layer]));
        """);
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  @Test
  void layout_putsCallersLeftOfThoseTheyCall() {
    assertThat(script.json("layers(plan('web>gw', 'gw>a', 'gw>b', 'a>db', 'b>a'))"))
        .isEqualTo("{\"web\":0,\"gw\":1,\"a\":3,\"b\":2,\"db\":4}");
  }

  @Test
  void layout_passesLongEdgesThroughTheLayersBetween() {
    assertThat(script.json("plan('a>b', 'b>c', 'a>c').edges.map((e) => e.points.length)"))
        .isEqualTo("[2,2,3]");
  }

  @Test
  void layout_turnsEdgesThatCloseACycle() {
    assertThat(script.json("plan('web>a', 'a>b', 'b>a').edges.map((e) => e.turned)"))
        .isEqualTo("[false,false,true]");
  }

  @Test
  void layout_ignoresLoopsAndUnknownEnds() {
    assertThat(
            script.json(
                "sx.graph.layout([{id: 'a'}], [{from: 'a', to: 'a'}, {from: 'a', to: 'x'}]).edges"))
        .isEqualTo("[]");
    assertThat(script.json("sx.graph.layout([], []).nodes.size")).isEqualTo("0");
  }

  @Test
  void layout_ordersLayersSoThatEdgesNeedNotCross() {
    String crossing =
        "(() => { const p = plan('a>x', 'b>y', 'c>z', 'r>c', 'r>b', 'r>a').nodes; const y = (id) => p.get(id).y; return [y('a') < y('b') === y('x') < y('y'), y('b') < y('c') === y('y') < y('z')]; })()";

    assertThat(script.json(crossing)).isEqualTo("[true,true]");
  }

  @Test
  void layout_keepsNodesOfALayerApart() {
    String least =
        """
        (() => {
          const edges = Array.from({length: 40}, (_, i) => 'gw>s' + i).concat(Array.from({length: 40}, (_, i) => 's' + i + '>db' + i % 5));
          const ys = [...plan(...edges).nodes.values()].filter((n) => n.layer === 1).map((n) => n.y).sort((a, b) => a - b);
          return Math.min(...ys.slice(1).map((y, i) => y - ys[i]));
        })()
        """;

    assertThat(script.eval(least).asDouble()).isGreaterThanOrEqualTo(88);
  }

  @Test
  void layout_putsPartsBesideAndBelowEachOther() {
    String shape =
        """
        (() => {
          const p = plan(...Array.from({length: 60}, (_, i) => 'a' + i + '>b' + i));
          const all = [...p.nodes.values()];
          const apart = all.every((n) => all.every((m) => n === m || Math.abs(n.x - m.x) >= 198 || Math.abs(n.y - m.y) >= 88));
          const places = new Set(all.map((n) => n.layer)).size;
          return [apart, places % 2, p.width / p.height > 1 && p.width / p.height < 3, p.edges.every((e) => e.points[1][0] - e.points[0][0] === 198)];
        })()
        """;

    assertThat(script.json(shape)).isEqualTo("[true,0,true,true]");
  }

  @Test
  void layout_ofAThousandNodesPlacesEachOnce() {
    String distinct =
        """
        (() => {
          const edges = Array.from({length: 999}, (_, i) => 'n' + Math.floor(i / 3) + '>n' + (i + 1));
          return new Set([...plan(...edges).nodes.values()].map((n) => n.x + ' ' + n.y)).size;
        })()
        """;

    assertThat(script.eval(distinct).asInt()).isEqualTo(1000);
  }

  @Test
  void neighbourhood_goesBothWaysSoManySteps() {
    String edges = "['a>b', 'b>c', 'c>d', 'x>b', 'x>y'].map((e) => ({from: e[0], to: e[2]}))";

    assertThat(script.json("[...sx.graph.neighbourhood(" + edges + ", 'b', 1)].sort()"))
        .isEqualTo("[\"a\",\"b\",\"c\",\"x\"]");
    assertThat(script.json("[...sx.graph.neighbourhood(" + edges + ", 'b', 2)].sort()"))
        .isEqualTo("[\"a\",\"b\",\"c\",\"d\",\"x\"]");
  }

  @Test
  void labels_neverCoverANodeOrEachOther() {
    String placed =
        """
        sx.graph.labels([
          {points: [[124, 100], [200, 100]], width: 60, lines: 2},
          {points: [[124, 104], [200, 104]], width: 60, lines: 2},
          {points: [[124, 102], [200, 102]], width: 60, lines: 2},
          {points: [[124, 101], [200, 101]], width: 60, lines: 2}],
          [{x: 62, y: 100}, {x: 262, y: 100}], {width: 124, height: 48}).map((p) => p && Math.round(p.y))
        """;

    try (Script fresh = new Script()) {
      assertThat(fresh.json(placed)).isEqualTo("[82,124,null,null]");
    }
  }
}
