package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExemplarsTest {
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
  void read_keepsThoseThatNameATrace() {
    assertThat(
            script.json(
                """
                sx.exemplars.read([{seriesLabels: {service: 'a'}, exemplars: [
                  {labels: {trace_id: 'AB12', span_id: 'x y'}, value: '0.5', timestamp: 1.25},
                  {labels: {traceID: 'cd'}, value: 'NaN', timestamp: 1},
                  {labels: {trace_id: '<b>'}, value: '1', timestamp: 1},
                  {labels: {user: 'ab'}, value: '1', timestamp: 1}]}])"""))
        .isEqualTo(
            "[{\"at\":1250,\"value\":0.5,\"traceId\":\"ab12\",\"spanId\":\"\",\"labels\":{\"service\":\"a\"}}]");
    assertThat(script.json("sx.exemplars.read(null)")).isEqualTo("[]");
  }

  @Test
  void spread_keepsTheNewestOfEachCell_andTheLargestOfMany() {
    String list =
        "[{at: 10, value: 1.1}, {at: 20, value: 1.2}, {at: 20, value: 5}, {at: 900, value: 1}, {at: 1001, value: 1}]";
    assertThat(script.json("sx.exemplars.spread(" + list + ", {from: 0, to: 1000}, 48)"))
        .isEqualTo("[{\"at\":20,\"value\":1.2},{\"at\":20,\"value\":5},{\"at\":900,\"value\":1}]");
    assertThat(
            script.json(
                "((l) => [l.length, Math.min(...l.map((e) => e.value))])(sx.exemplars.spread(Array.from({length: 1000}, (_, i) => ({at: i, value: 2 ** (i % 10)})), {from: 0, to: 1000}, 48))"))
        .isEqualTo("[120,128]");
  }

  @Test
  void owner_isTheOnlyResultThatASeriesCanBelongTo() {
    String metrics = "[{service: 'a'}, {service: 'b', __name__: 'x'}]";
    assertThat(script.text("sx.exemplars.owner({service: 'b', le: '1'}, " + metrics + ")"))
        .isEqualTo("1");
    assertThat(script.text("sx.exemplars.owner({service: 'c'}, " + metrics + ")")).isEqualTo("-1");
    assertThat(script.text("sx.exemplars.owner({service: 'c'}, [{}, {}])")).isEqualTo("-1");
  }

  @Test
  void comparable_whereTheResultIsWhatWasObserved() {
    assertThat(
            script.json(
                "['histogram_quantile(0.9, x)', 'sum(rate(a_sum[5m])) / sum(rate(a_count[5m]))', 'rate(a_bucket[5m])', 'a_sum'].map(sx.exemplars.comparable)"))
        .isEqualTo("[true,true,false,false]");
  }
}
