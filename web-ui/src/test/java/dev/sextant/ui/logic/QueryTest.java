package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueryTest {
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
  void parts_colourWithoutChangingTheText() {
    String text = "`sum by (le) (rate(x_bucket{a=\"b\\\\\"c\"}[5m])) > 0.5 # why`";

    assertThat(script.json("sx.query.parts(" + text + ").map((p) => p.text).join('') === " + text))
        .isEqualTo("true");
    assertThat(
            script.json(
                "sx.query.parts("
                    + text
                    + ").filter((p) => p.kind !== 'space' && p.kind !== 'op').map((p) => p.kind + ' ' + p.text)"))
        .isEqualTo(
            "[\"kw sum\",\"kw by\",\"id le\",\"fn rate\",\"id x_bucket\",\"id a\",\"str \\\"b\\\\\\\"c\\\"\",\"num 5m\",\"num 0.5\",\"comment # why\"]");
  }

  @Test
  void errorPlace_readsPrometheusMessages() {
    assertThat(
            script.json(
                "sx.query.errorPlace('sum(rate(x[5 minutes]))', 'invalid parameter \"query\": 1:12: parse error: bad duration')"))
        .isEqualTo("{\"line\":1,\"column\":12,\"offset\":11}");
    assertThat(
            script.json(
                "sx.query.errorPlace('a\\nb + ', '2:5: parse error: unexpected end of input')"))
        .isEqualTo("{\"line\":2,\"column\":5,\"offset\":6}");
    assertThat(script.json("sx.query.errorPlace('x', 'query timed out')")).isEqualTo("null");
  }

  @Test
  void errorText_dropsTheEnvelope() {
    assertThat(
            script.text(
                "sx.query.errorText('invalid parameter \"query\": 1:12: parse error: bad duration')"))
        .isEqualTo("bad duration");
  }

  @Test
  void marked_underlinesTheWordAtTheOffset() {
    assertThat(
            script.json(
                "sx.query.marked('rate(x[5 minutes])', 9).filter((p) => p.bad).map((p) => p.text)"))
        .isEqualTo("[\"minutes\"]");
    assertThat(script.json("sx.query.marked('a +', 3).filter((p) => p.bad).length")).isEqualTo("1");
  }

  @Test
  void errorPlace_countsBytesAsPrometheusDoes() {
    assertThat(
            script.json(
                "sx.query.errorPlace('{a=\"äöü\"} +', '1:14: parse error: unexpected end')"))
        .isEqualTo("{\"line\":1,\"column\":11,\"offset\":10}");
  }

  @Test
  void scale_ofBytes_isRoundInTheirUnits() {
    assertThat(script.json("sx.series.scale(400 * 1048576, 4, 1024).steps.map((v) => v / 1048576)"))
        .isEqualTo("[0,100,200,300,400]");
    assertThat(script.json("sx.series.scale(300, 3, 1024).steps")).isEqualTo("[0,100,200,300]");
    assertThat(script.json("sx.series.scale(400, 4).steps")).isEqualTo("[0,100,200,300,400]");
    assertThat(script.json("sx.series.scale(1, 4, 1000, 1).steps")).isEqualTo("[0,1]");
  }

  @Test
  void alone_arePointsBetweenGaps() {
    assertThat(
            script.json(
                "sx.series.alone([[1, 5], [2, null], [3, 6], [4, 7], [5, null], [6, 0], [7, null]])"))
        .isEqualTo("[[1,5],[6,0]]");
    assertThat(script.json("sx.series.alone([[1, 5]])")).isEqualTo("[[1,5]]");
    assertThat(script.json("sx.series.alone([[1, 5], [2, 6]])")).isEqualTo("[]");
  }

  @Test
  void sparkline_tellsValuesBetweenGaps() {
    assertThat(
            script.json(
                "sx.series.sparkline({startMillis: 0, stepMillis: 10, values: [1, null, 2, 2, null, 4]}, {width: 72, height: 24}, null).alone.map((p) => p.x)"))
        .isEqualTo("[1,71]");
  }

  @Test
  void sparkline_leavesGapsOpenAndTurnsBadFromAnInstant() {
    String line =
        "sx.series.sparkline({startMillis: 0, stepMillis: 10, values: [1, 2, null, 2, 4]}, {width: 72, height: 24}, 35)";

    assertThat(script.text(line + ".before")).isEqualTo("M1.0 16.0L18.5 12.0M53.5 12.0");
    assertThat(script.text(line + ".after")).isEqualTo("M53.5 12.0L71.0 4.0");
    assertThat(
            script.json(
                "sx.series.sparkline({startMillis: 0, stepMillis: 10, values: [null]}, {width: 72, height: 24}, null).last"))
        .isEqualTo("null");
  }

  @Test
  void scale_hasRoundSteps() {
    assertThat(script.json("sx.series.scale(2.1, 4)")).isEqualTo("{\"top\":3,\"steps\":[0,1,2,3]}");
    assertThat(script.json("sx.series.scale(0, 4).top")).isEqualTo("1");
    assertThat(script.json("[0.0461, 1350, 2400].map(sx.series.ceiling)"))
        .isEqualTo("[0.05,1500,2400]");
  }

  @Test
  void summary_ignoresWhatIsMissing() {
    assertThat(script.json("sx.series.summary([null, 2, 4, NaN, 3, null])"))
        .isEqualTo("{\"last\":3,\"min\":2,\"max\":4,\"mean\":3}");
  }

  @Test
  void telling_namesTheLabelsInWhichSeriesDiffer() {
    assertThat(script.json("sx.series.telling([{a: '1', b: 'x'}, {a: '1', b: 'y', c: 'z'}])"))
        .isEqualTo("[\"b\",\"c\"]");
  }

  @Test
  void marks_cutsAtWordsTakenLiterally() {
    assertThat(script.json("sx.lines.marks('a.b A.B axb', ['a.b']).map((p) => [p.text, p.hit])"))
        .isEqualTo("[[\"a.b\",true],[\" \",false],[\"A.B\",true],[\" axb\",false]]");
  }

  @Test
  void fold_putsLevelsIntoFourGroups() {
    assertThat(
            script.json(
                "sx.lines.fold({levels: ['fatal', 'error', 'unknown', 'trace'], buckets: [{counts: [1, 2, 3, 4]}]}).totals"))
        .isEqualTo("{\"error\":3,\"warn\":0,\"info\":3,\"debug\":4}");
  }

  @Test
  void window_isWhatShowsAndALittleMore() {
    assertThat(script.json("sx.lines.window(5000, 24, 2400, 240, 5)"))
        .isEqualTo("{\"first\":95,\"last\":115}");
    assertThat(script.json("sx.lines.window(3, 24, 0, 240, 5)"))
        .isEqualTo("{\"first\":0,\"last\":3}");
  }
}
