package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A drawing that stays where it is while its graph changes. */
class KeepTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
    script.eval(
        """
        globalThis.graph = (...edges) => {
          const pairs = edges.map((e) => e.split('>'));
          return [[...new Set(pairs.flat())].map((id) => ({id})), pairs.map(([from, to]) => ({from, to}))];
        };
        globalThis.shop = ['web>gw', 'gw>a', 'gw>b', 'gw>c', 'a>db', 'b>db', 'c>queue', 'gw>db'];
        globalThis.plan = sx.graph.layout(...graph(...shop));
        globalThis.kept = (...edges) => sx.graph.keep(plan, ...graph(...edges));
        globalThis.places = (p, but) => JSON.stringify([...p.nodes].filter(([id]) => !but.includes(id)).sort());
        """);
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  @Test
  void keep_leavesKnownNodesAndEdges() {
    String moved =
        "(() => { const p = kept(...shop, 'a>x', 'x>y', 'c>a'); return [places(p, ['x', 'y']) === places(plan, []),"
            + " JSON.stringify(p.edges.slice(0, 8).map((e) => e.points)) === JSON.stringify(plan.edges.map((e) => e.points))]; })()";

    assertThat(script.json(moved)).isEqualTo("[true,true]");
  }

  @Test
  void keep_putsNewNodesRightOfTheirCallers_apartFromOthers() {
    script.eval("globalThis.grown = kept(...shop, 'a>x', 'x>y').nodes");

    assertThat(script.json("['a', 'x', 'y'].map((id) => grown.get(id).layer)"))
        .isEqualTo("[2,3,4]");
    assertThat(
            script.json(
                "[...grown.values()].every((n) => [...grown.values()].every((m) => n === m || n.layer !== m.layer || Math.abs(n.y - m.y) >= 88))"))
        .isEqualTo("true");
  }

  @Test
  void keep_putsANewCallerLeftOfWhatItCalls() {
    assertThat(script.json("kept(...shop, 'cron>b').nodes.get('cron').layer")).isEqualTo("1");
  }

  @Test
  void keep_leavesOutWhatVanished() {
    String left = "kept(...shop.filter((e) => e !== 'c>queue'))";

    assertThat(script.json(left + ".nodes.has('queue')")).isEqualTo("false");
    assertThat(script.json(left + ".edges.length")).isEqualTo("7");
  }

  @Test
  void keep_leadsNewEdgesAroundNodesOnTheirWay() {
    String clear =
        "(() => { const p = kept(...shop, 'web>queue', 'queue>web'); return p.edges.slice(-2).map((e) => [e.turned, e.points.length, e.points.slice(1, -1).every(([x, y]) => [...p.nodes.values()].every((n) => n.x !== x || Math.abs(n.y - y) >= 34))]); })()";

    assertThat(script.json(clear)).isEqualTo("[[false,4,true],[true,4,true]]");
  }

  @Test
  void keep_ofOtherColumnsKeepsTheHeights() {
    String wide = "sx.graph.keep(plan, ...graph(...shop), {column: 270})";

    assertThat(
            script.json("[..." + wide + ".nodes].every(([id, n]) => n.y === plan.nodes.get(id).y)"))
        .isEqualTo("true");
    assertThat(script.json(wide + ".nodes.get('gw').x")).isEqualTo("332");
    assertThat(script.json(wide + ".edges.at(-1).points.map(([x]) => x)"))
        .isEqualTo("[332,602,872]");
  }

  @Test
  void keep_ofTooMuchThatDiffersIsNone_allChangesTogether() {
    assertThat(script.json("kept('p>q', 'q>r', 'r>s')")).isEqualTo("null");
    assertThat(script.json("kept(...shop, 'a>1', 'a>2', 'a>3', 'a>4')")).isEqualTo("null");
    assertThat(
            script.json(
                "(() => { const p = kept(...shop, 'a>1', 'a>2'); return sx.graph.keep(p, ...graph(...shop)); })()"))
        .isEqualTo("null");
  }
}
