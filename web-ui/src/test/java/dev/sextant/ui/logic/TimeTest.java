package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TimeTest {
  /** 2026-11-20T14:32:10Z. */
  private static final String NOW = "1795185130000";

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
  void range_withoutParametersIsTheLastHour() {
    assertThat(script.json("sx.time.range('', '', " + NOW + ")"))
        .isEqualTo("{\"from\":1795181530000,\"to\":1795185130000,\"relative\":\"1h\"}");
  }

  @Test
  void range_readsRelativeAndAbsoluteEnds() {
    assertThat(script.json("sx.time.range('now-15m', 'now', " + NOW + ").relative"))
        .isEqualTo("\"15m\"");
    assertThat(script.json("sx.time.range('1795180000000', '1795183600000', " + NOW + ")"))
        .isEqualTo("{\"from\":1795180000000,\"to\":1795183600000,\"relative\":null}");
  }

  @Test
  void range_thatIsNonsenseFallsBack() {
    assertThat(script.json("sx.time.range('yesterday', '<b>', " + NOW + ").relative"))
        .isEqualTo("\"1h\"");
    assertThat(script.json("sx.time.range('1795183600000', '1795180000000', " + NOW + ").relative"))
        .isEqualTo("\"1h\"");
  }

  @Test
  void parse_takesWhatPeopleWrite() {
    assertThat(script.json("sx.time.parse('2026-11-20 14:32:10')")).isEqualTo(NOW);
    assertThat(script.json("sx.time.full(sx.time.parse('2026-11-20T14:32'))"))
        .isEqualTo("\"2026-11-20 14:32:00\"");
    assertThat(
            script.json("[sx.time.parse('2026-13-20'), sx.time.parse('25:00'), sx.time.parse('')]"))
        .isEqualTo("[null,null,null]");
  }

  @Test
  void shift_neverPassesNow() {
    assertThat(script.json("sx.time.shift({from: 0, to: 1000}, -1, 5000)"))
        .isEqualTo("{\"from\":-500,\"to\":500}");
    assertThat(script.json("sx.time.shift({from: 4000, to: 5000}, 1, 5000)"))
        .isEqualTo("{\"from\":4000,\"to\":5000}");
  }

  @Test
  void zoomOut_doublesAroundTheMiddle() {
    assertThat(script.json("sx.time.zoomOut({from: 4000, to: 6000}, 99000)"))
        .isEqualTo("{\"from\":3000,\"to\":7000}");
    assertThat(script.json("sx.time.zoomOut({from: 4000, to: 6000}, 6000)"))
        .isEqualTo("{\"from\":2000,\"to\":6000}");
  }

  @Test
  void ticks_areRound() {
    assertThat(
            script.json(
                "sx.time.ticks(1795181530000, 1795185130000, 6).map((t) => sx.time.tick(t, 3600000))"))
        .isEqualTo("[\"13:40\",\"13:50\",\"14:00\",\"14:10\",\"14:20\",\"14:30\"]");
  }

  @Test
  void length_isOneWholeUnit() {
    assertThat(script.json("[45000, 2040000, 6000000, 13000000, 200000000].map(sx.time.length)"))
        .isEqualTo("[\"45 s\",\"34 min\",\"100 min\",\"4 h\",\"2 d\"]");
  }

  @Test
  void ofNanos_keepsWhatADoubleCannot() {
    assertThat(script.json("sx.time.exact(sx.time.ofNanos('1795185130871999999'))"))
        .isEqualTo("\"14:32:10.871\"");
  }

  @Test
  void address_roundTrips() {
    String address =
        "sx.address.format({q: 'a b&c=d', level: ['warn', 'error'], none: '', from: 12})";

    assertThat(script.text(address)).isEqualTo("?q=a+b%26c%3Dd&level=warn&level=error&from=12");
    assertThat(script.json("sx.address.parse(" + address + ")"))
        .isEqualTo("{\"q\":[\"a b&c=d\"],\"level\":[\"warn\",\"error\"],\"from\":[\"12\"]}");
  }

  @Test
  void address_findsATraceIdInWhatIsPasted() {
    assertThat(script.text("sx.address.traceId(' 4F1C9E2AB7D04C3E8A55D1F0B6729C13 ')"))
        .isEqualTo("4f1c9e2ab7d04c3e8a55d1f0b6729c13");
    assertThat(
            script.text(
                "sx.address.traceId('00-4f1c9e2ab7d04c3e8a55d1f0b6729c13-00f067aa0ba902b7-01')"))
        .isEqualTo("4f1c9e2ab7d04c3e8a55d1f0b6729c13");
    assertThat(script.json("sx.address.traceId('payments')")).isEqualTo("null");
  }

  @Test
  void address_neverTakesAScriptForALink() {
    assertThat(
            script.json(
                "['javascript:alert(1)', 'data:text/html,x', ' JAVASCRIPT:1', 'https://a.example/x'].map(sx.address.web)"))
        .isEqualTo("[null,null,null,\"https://a.example/x\"]");
  }
}
