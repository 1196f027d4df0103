package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.promql.ast.AggregateOp;
import dev.sextant.promql.ast.FunctionSignature;
import dev.sextant.promql.parse.Functions;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What may be completed at a caret, and what a choice makes of the text. {@code |} is the caret.
 */
class CompleteTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  private static String at(String text) {
    int caret = text.indexOf('|');
    return "sx.complete.at(%s, %d)".formatted(quoted(text.replace("|", "")), caret);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "| ; expression ; ^^",
        "htt| ; expression ; htt",
        "sum(htt|) ; expression ; htt",
        "rate(x[5m]) / ra| ; expression ; ra",
        "up | ; joining ; ^^",
        "up and| ; joining ; and",
        "sum(up) gro| ; joining ; gro",
        "sum b| ; joining ; b",
        "sum by (| ; grouping ; ^^",
        "sum by (job, in|) (up) ; grouping ; in",
        "a * on(jo|) b ; grouping ; jo",
        "sum by (job) (u| ; expression ; u",
        "up{| ; label ; ^^",
        "up{jo|} ; label ; jo",
        "up{job=\"a\", in| ; label ; in",
        "{na| ; label ; na",
        "up{job=| ; value ; ^^",
        "up{job=\"| ; value ; ^^",
        "up{job=~\"a|\"} ; value ; a",
        "up{a!='x.y|'} ; value ; x.y",
        "x[| ; duration ; ^^",
        "rate(x[5|]) ; duration ; 5"
      })
  void at_knowsWhatIsWanted(String text, String kind, String word) {
    assertThat(script.text(at(text) + ".kind")).isEqualTo(kind);
    assertThat(script.text(at(text) + ".word")).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "# ra|",
        "\"ab|",
        "12|",
        "up{job=\"a\" x|",
        "up{job=\"a\"|",
        "label_replace(up, \"a|\")",
        "x[5m 1|]"
      })
  void at_nothingToOffer(String text) {
    assertThat(script.json(at(text))).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "up{job=\"a\", in| ; up{job=\"a\"}",
        "up{job=\"a\", code!~'5..', x=\"| ; up{job=\"a\",code!~'5..'}",
        "{job=\"a,b\", in| ; {job=\"a,b\"}",
        "{na| ; ^^",
        "sum by (|) (rate(hits_total{a=\"b\"}[5m])) ; hits_total",
        "sum(rate(hits_total[5m])) by (| ; hits_total",
        "a / on (|) b ; b"
      })
  void at_namesTheSeriesAround(String text, String selector) {
    assertThat(script.text(at(text) + ".selector")).isEqualTo(selector);
  }

  @Test
  void at_labelsThatAreThere_areTaken() {
    assertThat(script.json(at("up{job=\"a\", in|") + ".taken")).isEqualTo("[\"job\"]");
    assertThat(script.json(at("up{job=\"a\", in|") + ".from")).isEqualTo("12");
    assertThat(script.text(at("up{job=\"a\", in=\"|") + ".label")).isEqualTo("in");
  }

  private static String take(String text, String choice) {
    String place = at(text);
    return script.text(
        "(() => { const r = sx.complete.take(%s, %s, %s); return r.text.slice(0, r.caret) + '|' + r.text.slice(r.caret) + (r.more ? ' …' : ''); })()"
            .formatted(quoted(text.replace("|", "")), place, choice));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "ra| ; {text: 'rate', kind: 'function'} ; rate(|) …",
        "ra|(x[5m]) ; {text: 'rate', kind: 'function'} ; rate|(x[5m])",
        "sum(u|) ; {text: 'up', kind: 'metric'} ; sum(up|)",
        "u| ; {text: 'a.b', kind: 'metric'} ; {\"a.b\"|} …",
        "up{jo|} ; {text: 'job', kind: 'label'} ; up{job=\"|\"} …",
        "up{jo|=\"a\"} ; {text: 'job', kind: 'label'} ; up{job|=\"a\"}",
        "up{| ; {text: 'a.b', kind: 'label'} ; up{\"a.b\"=\"|\" …",
        "up{job=\"|\"} ; {text: 'shop', kind: 'value'} ; up{job=\"shop\"|}",
        "up{job=\"x|yz\"} ; {text: 'shop', kind: 'value'} ; up{job=\"shop\"|}",
        "up{job=\"| ; {text: 'shop', kind: 'value'} ; up{job=\"shop\"|",
        "up{job=| ; {text: 'a\"b', kind: 'value'} ; up{job=\"a\\\"b\"|",
        "up{job='|'} ; {text: 'it\\'s', kind: 'value'} ; up{job='it\\'s'|}",
        "sum by (|) (up) ; {text: 'job', kind: 'label'} ; sum by (job|) (up)",
        "sum | ; {text: 'by', kind: 'keyword'} ; sum by (|) …",
        "x[|] ; {text: '5m', kind: 'duration'} ; x[5m|]"
      })
  void take_writesTheChoice(String text, String choice, String result) {
    assertThat(take(text, choice)).isEqualTo(result);
  }

  @Test
  void offer_ranksBeginningsThenWordsThenTheRest() {
    assertThat(
            script.json(
                "sx.complete.offer(['xhttp', 'server_http', 'http_b', 'http_a', 'other', 'http'].map((text) => ({text})), 'http').map((c) => c.text)"))
        .isEqualTo("[\"http_a\",\"http_b\",\"server_http\",\"xhttp\"]");
    assertThat(
            script.json(
                "sx.complete.offer([...Array(500)].map((_, i) => ({text: 'a' + i})), 'a').length"))
        .isEqualTo("50");
  }

  @Test
  void about_findsTheFamily() {
    String metadata = "{x_seconds: [{help: 'H'}], up: [{help: 'U'}]}";

    assertThat(script.text("sx.complete.about(%s, 'x_seconds_bucket').help".formatted(metadata)))
        .isEqualTo("H");
    assertThat(script.text("sx.complete.about(%s, 'up').help".formatted(metadata))).isEqualTo("U");
    assertThat(script.json("sx.complete.about(%s, 'none')".formatted(metadata))).isEqualTo("null");
  }

  @Test
  void functions_areThoseOfTheLanguage() {
    assertThat(script.text("[...sx.promql.functions.keys()].join(' ')"))
        .isEqualTo(
            Functions.all().stream().map(FunctionSignature::name).collect(Collectors.joining(" ")));
    assertThat(script.text("[...sx.promql.aggregations.keys()].join(' ')"))
        .isEqualTo(
            Stream.of(AggregateOp.values())
                .map(AggregateOp::text)
                .sorted()
                .collect(Collectors.joining(" ")));
  }

  @Test
  void signatures_haveAsManyArgumentsAsTheLanguage() {
    for (FunctionSignature function : Functions.all()) {
      String text = script.text("sx.promql.functions.get('%s')".formatted(function.name()));
      String inside = text.substring(text.indexOf('(') + 1, text.length() - 1);
      int written = inside.isEmpty() ? 0 : inside.split(", ").length;

      assertThat(written).as(text).isEqualTo(function.args().size());
      assertThat(text.contains("?") || text.contains("…"))
          .as(text)
          .isEqualTo(function.variadic() != 0);
    }
  }
}
