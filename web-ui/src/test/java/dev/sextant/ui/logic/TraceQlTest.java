package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceQlTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  private static String js(String text) {
    return '`' + text.replace("\\", "\\\\").replace("`", "\\`") + '`';
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ resource.service.name = \"or\\\"ders\" && status = error && duration > 1.5s } // why",
        "{ .\"odd key\" =~ `a.*` } >> { span:id != \"x\" } | count() > 3 | by(name)",
        "{ parent.span.http.route = \"/x\" || event:name = \"exception\" } /* open",
        "{ \"unfinished",
        "{ name = \"äöü🙂\" }",
        "}{)(~!"
      })
  void parts_neverChangeTheText(String text) {
    assertThat(script.text("sx.traceql.parts(" + js(text) + ").map((p) => p.text).join('')"))
        .isEqualTo(text);
  }

  @Test
  void parts_areColouredByWhatTheyAre() {
    assertThat(
            script.json(
                "sx.traceql.parts('{ span.http-x.y = 1h30m && status = error } | avg(duration) > 1.5 // c').filter((p) => p.kind !== 'space' && p.kind !== 'op').map((p) => p.kind + ' ' + p.text)"))
        .isEqualTo(
            "[\"id span.http-x.y\",\"num 1h30m\",\"kw status\",\"kw error\",\"fn avg\",\"kw duration\",\"num 1.5\",\"comment // c\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ status = } | parameter 'q': parse error at line 1, col 12: unexpected } | 11 | unexpected }",
        "{ duration > `x` } | parameter 'q': at line 1, col 3: types do not fit | 2 | types do not fit",
        "x | the query timed out | -1 | the query timed out",
        "ab | parameter 'q': parse error at line 9, col 99: off | 2 | off"
      })
  void errorPlace_andText_comeFromTheMessage(
      String text, String message, int offset, String shown) {
    String place = "sx.traceql.errorPlace(" + js(text) + ", " + js(message) + ")";

    assertThat(script.text("(" + place + " || {offset: -1}).offset")).isEqualTo("" + offset);
    assertThat(script.text("sx.traceql.errorText(" + js(message) + ")")).isEqualTo(shown);
  }

  @Test
  void errorPlace_countsCodePointsAndLines() {
    assertThat(
            script.json(
                "sx.traceql.errorPlace('{ name = \"🙂\" }\\n>> {🙂🙂 x', 'parse error at line 2, col 7: x')"))
        .isEqualTo("{\"line\":2,\"column\":7,\"offset\":24}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a\"b\\c", "line\nfeed\ttab", "äöü🙂", ""})
  void quoteAndUnquote_areOpposites(String text) {
    assertThat(script.text("sx.traceql.unquote(sx.traceql.quote(" + js(text) + "))"))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | {} ",
        "{ } | {}",
        "{ resource.service.name = \"orders\" } | {\"service\":\"orders\"}",
        "{name=\"POST /x\"&&status!=error} | {\"operation\":\"POST /x\",\"error\":\"false\"}",
        "{ duration >= 100ms && duration <= 1.5s } | {\"min\":\"100ms\",\"max\":\"1.5s\"}",
        "{ duration > 1s && .a = -2 } | {\"rest\":[\"duration > 1s\",\".a = -2\"]}",
        "{ status = error && status = ok } | {\"error\":\"true\",\"rest\":[\"status = ok\"]}",
        "{ span.\"odd key\" =~ `a b` } | {\"rest\":[\"span.\\\"odd key\\\" =~ `a b`\"]}"
      })
  void read_saysWhatOneSpansetSays(String text, String expected) {
    assertThat(
            script.json(
                "Object.fromEntries(Object.entries(sx.spanset.read("
                    + js(text)
                    + ")).filter(([, v]) => v.length))"))
        .isEqualTo(expected.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ a } >> { b }",
        "{ status = error || kind = server }",
        "{ (status = error) }",
        "{ status = error } | count() > 2",
        "{ !(.a = 1) }",
        "{ .a = .b.c + 1 }",
        "{ .a = \"open }",
        "{ status = error } // why",
        "{ status = /* x */ error }",
        "{ status = error && }",
        "{ true }",
        "nonsense"
      })
  void read_leavesToTheTextWhatIsMore(String text) {
    assertThat(script.json("sx.spanset.read(" + js(text) + ")")).isEqualTo("null");
  }

  @Test
  void write_isReadBackAsItWas() {
    String filters =
        "{service: 'a\"b', operation: 'GET \\\\x', error: 'false', min: '1ms', max: '2h', rest: ['span.x != nil', '.y =~ `z`']}";

    assertThat(script.json("sx.spanset.read(sx.spanset.write(" + filters + "))"))
        .isEqualTo(script.json(filters));
    assertThat(script.text("sx.spanset.write({service: '', rest: []})")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.route=/x | [\".http.route = \\\"/x\\\"\"]",
        "code=500 | [\".code = 500\"]",
        "cached = true | [\".cached = true\"]",
        "0day=x | [\".\\\"0day\\\" = \\\"x\\\"\"]",
        "span.code >= 500 && kind = server | [\"span.code >= 500\",\"kind = server\"]",
        "what | null",
        "a>=5 | null",
        "{ status = error } | null"
      })
  void typed_takesConditionsAndPairs(String text, String expected) {
    assertThat(script.json("sx.spanset.typed(" + js(text) + ")")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | { traceDuration >= 1s && traceDuration <= 2.501s }",
        "{ status = error } | { status = error && traceDuration >= 1s && traceDuration <= 2.501s }",
        "{ traceDuration >= 5ms && status = error } | { status = error && traceDuration >= 1s && traceDuration <= 2.501s }",
        "{ .a = 1 } >> { .b = 2 } | ({ .a = 1 } >> { .b = 2 }) && { traceDuration >= 1s && traceDuration <= 2.501s }",
        "({ .a = 1 } >> { .b = 2 }) && { traceDuration >= 5ms && traceDuration <= 1h } | ({ .a = 1 } >> { .b = 2 }) && { traceDuration >= 1s && traceDuration <= 2.501s }"
      })
  void bounded_addsOrReplacesBounds(String text, String expected) {
    assertThat(script.text("sx.spanset.bounded(" + js(text) + ", 1.0001, 2.5004)"))
        .isEqualTo(expected);
    assertThat(script.text("sx.spanset.isBounded(" + js(expected) + ")")).isEqualTo("true");
  }

  @Test
  void unbounded_takesThemAway() {
    assertThat(script.text("sx.spanset.unbounded(sx.spanset.bounded('', 0.001, 1))")).isEmpty();
    assertThat(
            script.text("sx.spanset.unbounded(sx.spanset.bounded('{a} | count() > 1 // c', 1, 2))"))
        .isEqualTo("{a} | count() > 1 // c");
    assertThat(script.text("sx.spanset.isBounded('{ .a = 1 }')")).isEqualTo("false");
    assertThat(script.text("sx.spanset.bounds(sx.spanset.bounded('{ .a = 1 }', 1, 2))"))
        .isEqualTo("{ traceDuration >= 1s && traceDuration <= 2s }");
    assertThat(
            script.text("sx.spanset.bounds(sx.spanset.bounded('{ .a = 1 } > { .b = 2 }', 1, 2))"))
        .isEqualTo("{ traceDuration >= 1s && traceDuration <= 2s }");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0ns",
    "0.0000004567, 456ns",
    "0.0123456, 12.34ms",
    "0.999, 999ms",
    "1234.5678, 1234s"
  })
  void length_hasFourDigits(double seconds, String expected) {
    assertThat(script.text("sx.spanset.length(" + seconds + ", Math.floor)")).isEqualTo(expected);
  }

  @Test
  void ofParameters_saysWhatOlderLinksSaid() {
    assertThat(
            script.text(
                "sx.spanset.ofParameters({service: 'a', operation: '', error: 'true', min: '', max: '1s', attribute: ['x=1', 'bad']})"))
        .isEqualTo(
            "{ resource.service.name = \"a\" && status = error && duration <= 1s && .x = 1 }");
  }
}
