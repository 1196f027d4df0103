package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GroupsTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
    script.eval(
        """
        globalThis.node = (id, namespace, kind) => ({id, name: id, kind: kind || 'service', namespace: namespace || '', health: 'healthy', rate: 1});
        globalThis.edge = (from, to, rate, errorShare, p95) => ({from, to, type: '', rate, errorShare, p50: p95, p95, p99: p95, calls: rate});
        globalThis.graph = {
          nodes: [node('shop-web', ''), node('shop-api', ''), node('a', 'pay'), node('b', 'pay'), node('lone', ''), node('only-one', ''), node('db', '', 'database'), node('both', '', 'cache')],
          edges: [edge('shop-web', 'shop-api', 1, 0, 0.1), edge('shop-web', 'a', 3, 0, 0.1), edge('shop-api', 'b', 1, 0.4, 0.5), edge('a', 'b', 9, 0, 1), edge('a', 'db', 1, 0, 1), edge('b', 'db', 1, 0, 1), edge('a', 'both', 1, 0, 1), edge('lone', 'both', 1, 0, 1)],
        };
        """);
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  @Test
  void assign_byNamespace_elseByTheFirstWordThatOthersShare() {
    assertThat(script.json("[...sx.groups.assign(graph.nodes, graph.edges)]"))
        .isEqualTo(
            "[[\"shop-web\",\"shop\"],[\"shop-api\",\"shop\"],[\"a\",\"pay\"],[\"b\",\"pay\"],[\"db\",\"pay\"]]");
  }

  @Test
  void assign_whatManyGroupsShare_isGroupedByKind() {
    String shared =
        """
        (() => {
          const hosts = ['h1', 'h2', 'h3', 'h4'].map((id) => node(id, '', 'external'));
          const edges = hosts.flatMap((n) => [edge('a', n.id, 1, 0, 1), edge('shop-web', n.id, 1, 0, 1)]);
          return sx.groups.assign([...graph.nodes, ...hosts], [...graph.edges, ...edges]).get('h3');
        })()
        """;

    assertThat(script.text(shared)).isEqualTo("kind:external");
  }

  @Test
  void collapse_addsUpCallsBetweenGroups_andLeavesOutThoseWithin() {
    String shut = "sx.groups.collapse(graph, [])";

    assertThat(script.json(shut + ".nodes.map((n) => n.id)"))
        .isEqualTo("[\"group:shop\",\"group:pay\",\"lone\",\"only-one\",\"both\"]");
    assertThat(script.json(shut + ".edges.map((e) => [e.from, e.to, e.rate, e.errorShare, e.p95])"))
        .isEqualTo(
            "[[\"group:shop\",\"group:pay\",4,0.1,0.5],[\"group:pay\",\"both\",1,0,1],[\"lone\",\"both\",1,0,1]]");
    assertThat(script.json(shut + ".nodes[1].members.length")).isEqualTo("3");
    assertThat(script.json(shut + ".nodes[1].rate")).isEqualTo("4");
  }

  @Test
  void collapse_openGroups_showTheirNodes() {
    assertThat(script.json("sx.groups.collapse(graph, ['pay']).nodes.map((n) => n.id)"))
        .isEqualTo("[\"group:shop\",\"a\",\"b\",\"lone\",\"only-one\",\"db\",\"both\"]");
    assertThat(script.json("sx.groups.collapse(graph, ['pay']).edges.map((e) => sx.groups.key(e))"))
        .contains("group:shop>a", "group:shop>b", "a>b", "a>db");
  }

  @Test
  void collapse_takesTheWorstHealth_andSaysThatSomethingDiffers() {
    String group =
        """
        (() => {
          const nodes = graph.nodes.map((n) => ({...n, state: n.id === 'b' ? 'new' : 'same', health: n.id === 'b' ? 'critical' : 'healthy'}));
          const made = sx.groups.collapse({nodes, edges: graph.edges}, []).nodes;
          return [made[0].state, made[0].health, made[1].state, made[1].health];
        })()
        """;

    assertThat(script.json(group)).isEqualTo("[\"same\",\"healthy\",\"changed\",\"critical\"]");
  }

  @Test
  void collapse_keepsLoopsAndEdgesOfEachType() {
    String kept =
        """
        sx.groups.collapse({nodes: [node('x', ''), node('y', '')], edges: [edge('x', 'x', 1, 0, 1), edge('x', 'y', 1, 0, 1), {...edge('x', 'y', 1, 0, 1), type: 'messaging_system'}]}, []).edges.map((e) => sx.groups.key(e))
        """;

    assertThat(script.json(kept)).isEqualTo("[\"x>x\",\"x>y\",\"x>y>messaging_system\"]");
  }

  @Test
  void merge_talliesWhatDiffers() {
    String edges =
        """
        [{from: 'a', to: 'b', type: '', state: 'new'}, {from: 'a', to: 'b', type: '', state: 'same'},
         {from: 'a', to: 'b', type: '', state: 'changed', changes: [{figure: 'p95', absolute: 1}]},
         {from: 'a', to: 'b', type: '', state: 'changed', changes: [{figure: 'rate', absolute: 1}]}]
        """;

    assertThat(script.json("sx.groups.merge(" + edges + ")[0].tally"))
        .isEqualTo("{\"new\":1,\"vanished\":0,\"changed\":2,\"worse\":1}");
  }
}
