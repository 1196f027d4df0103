package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServiceTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  @Test
  void query_findsExactlyWhatAGroupShares() {
    assertThat(
            script.text(
                "sx.service.query('a \"b\"', [{field: 'span.db.system', value: 'h2'}, 'status = error'])"))
        .isEqualTo(
            "{ resource.service.name = \"a \\\"b\\\"\" && span.db.system = \"h2\" && status = error }");
    assertThat(
            script.json(
                "sx.spanset.read(sx.service.query('a', [{field: 'name', value: 'GET /x'}]))"))
        .isEqualTo(
            "{\"service\":\"a\",\"operation\":\"GET /x\",\"error\":\"\",\"min\":\"\",\"max\":\"\",\"rest\":[]}");
  }

  @Test
  void unnamedService_isFoundByWhatItLacks_andReadBack() {
    String query =
        "{ (resource.service.name = \"unknown_service\" || !(resource.service.name != nil)) && status = error }";
    assertThat(script.text("sx.service.query('unknown_service', ['status = error'])"))
        .isEqualTo(query);
    assertThat(script.text("sx.spanset.write({service: 'unknown_service', error: 'true'})"))
        .isEqualTo(query);
    assertThat(script.text("sx.spanset.read('" + query + "').service"))
        .isEqualTo("unknown_service");
  }

  @Test
  void errorQuery_asksForTheTypeWhereverItStands() {
    assertThat(script.text("sx.service.errorQuery('a', 'x.Y')"))
        .isEqualTo(
            "{ resource.service.name = \"a\" && (event.exception.type = \"x.Y\" || span.error.type = \"x.Y\") }");
    assertThat(script.text("sx.service.errorQuery('a', '')"))
        .isEqualTo("{ resource.service.name = \"a\" && status = error }");
  }

  @Test
  void neighbours_areMostCalledFirst() {
    String graph =
        """
        { nodes: [{id: 'a', name: 'a', kind: 'service', hue: 1}, {id: 'database:pg', name: 'pg', kind: 'database'}],
          edges: [{from: 'a', to: 'b', rate: 1}, {from: 'c', to: 'b', rate: 2}, {from: 'b', to: 'database:pg', rate: null},
                  {from: 'b', to: 'b', rate: 3}] }""";

    assertThat(
            script.json(
                "(({callers, callees}) => [callers.map((x) => x.node.name), callees.map((x) => x.node.name)])(sx.service.neighbours("
                    + graph
                    + ", 'b'))"))
        .isEqualTo("[[\"b\",\"c\",\"a\"],[\"b\",\"pg\"]]");
  }

  @Test
  void marks_areOfNewVersionsOnly() {
    assertThat(
            script.json(
                "sx.service.marks([{version: '1', isNew: false, firstNanos: '1772366400000000000'}, {version: '2', isNew: true, firstNanos: '1772366401500000000'}])"))
        .isEqualTo("[{\"at\":1772366401500,\"name\":\"2\"}]");
  }

  @Test
  void counts_areByKind() {
    assertThat(script.json("sx.service.counts([{kind: 'cache'}, {kind: 'cache'}, {kind: 'http'}])"))
        .isEqualTo("{\"\":3,\"database\":0,\"cache\":2,\"rpc\":0,\"http\":1,\"message\":0}");
  }

  @Test
  void points_haveGapsWhereSamplesAreMissing() {
    assertThat(script.json("sx.service.points([[0, '1'], [10, 'NaN'], [40, '2']], 10)"))
        .isEqualTo("[[0,1],[10000,null],[10001,null],[40000,2]]");
  }

  @Test
  void shell_isOneWordWhateverStandsInIt() {
    assertThat(script.text("sx.service.shell('eu/orders-1')")).isEqualTo("eu/orders-1");
    assertThat(script.text("sx.service.shell(\"a'; rm -rf ~ #\")"))
        .isEqualTo("'a'\\''; rm -rf ~ #'");
  }

  @Test
  void latency_isOfTheCallsThatAServiceAnswered() {
    assertThat(script.text("sx.service.latency('a\"b')"))
        .isEqualTo(
            "traces_spanmetrics_latency_bucket{service=\"a\\\"b\",span_kind=~\"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER\"}");
  }
}
