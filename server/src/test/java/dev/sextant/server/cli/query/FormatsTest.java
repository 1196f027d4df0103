package dev.sextant.server.cli.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables, comma-separated values, sparklines and the mark under a wrong place. */
class FormatsTest {
  private static final String VECTOR =
      """
      {"resultType":"vector","result":[
        {"metric":{"__name__":"up","instance":"a:80","job":"shop"},"value":[5,"1"]},
        {"metric":{"__name__":"up","instance":"b:8080","job":"shop"},"value":[5,"0.25"]}]}
      """;
  private static final String MATRIX =
      """
      {"resultType":"matrix","result":[
        {"metric":{"job":"a"},"values":[[5,"1"],[20,"9"],[35,"NaN"],[50,"2.5"]]},
        {"metric":{"job":"b","x":"q,\\"r"},
          "histograms":[[5,{"count":"2","sum":"3","buckets":[]}]]}]}
      """;

  private static String table(String data, int width) throws IOException {
    StringWriter out = new StringWriter();
    new Table(width, true).write(JsonMapper.builder().build().readTree(data), new PrintWriter(out));
    return out.toString();
  }

  private static String csv(String data) throws IOException {
    StringWriter out = new StringWriter();
    Csv.write(JsonMapper.builder().build().readTree(data), new PrintWriter(out));
    return out.toString();
  }

  @Test
  void table_sharedLabelsStandAboveAndNumbersToTheRight() throws IOException {
    assertThat(table(VECTOR, 80))
        .isEqualTo(
            """
            all of 2: up{job="shop"}
            series               value
            {instance="a:80"}        1
            {instance="b:8080"}   0.25
            """);
  }

  @Test
  void table_range_hasSparklinesAndExtremes() throws IOException {
    assertThat(table(MATRIX, 80).lines())
        .anySatisfy(line -> assertThat(line).matches("\\{job=\"a\"}\\s+▁█ ▂ +1 +9 +2.5"));
    assertThat(table(MATRIX, 120)).contains("count 2, sum 3  count 2, sum 3  count 2, sum 3");
  }

  @Test
  void table_longLabels_areCutInTheMiddle() throws IOException {
    String data =
        "{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"__name__\":\"name\",\"a\":\""
            + "x".repeat(200)
            + "\",\"z\":\"end\"},\"value\":[1,\"123\"]}]}";

    assertThat(table(data, 60).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
    assertThat(table(data, 60)).contains("name{a=\"xxx").contains("…").contains("z=\"end\"}");
  }

  @Test
  void table_controlCharacters_areWritten() throws IOException {
    String data =
        "{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"a\":\"x\\u001b[2J\\ny\"},\"value\":[1,\"1\"]}]}";

    assertThat(table(data, 80)).contains("{a=\"x\\x1b[2J\\ny\"}");
  }

  @Test
  void table_otherTypes() throws IOException {
    assertThat(table("{\"resultType\":\"scalar\",\"result\":[5,\"2\"]}", 80))
        .isEqualTo("series  value\n{}          2\n");
    assertThat(table("{\"resultType\":\"vector\",\"result\":[]}", 80)).isEqualTo("no series\n");
  }

  @Test
  void csv_hasAColumnForEachLabel() throws IOException {
    assertThat(csv(VECTOR))
        .isEqualTo(
            "__name__,instance,job,timestamp,value\nup,a:80,shop,5,1\nup,b:8080,shop,5,0.25\n");
    assertThat(csv(MATRIX))
        .startsWith("job,x,timestamp,value\na,,5,1\na,,20,9\n")
        .endsWith(
            "b,\"q,\"\"r\",5,\"{\"\"count\"\":\"\"2\"\",\"\"sum\"\":\"\"3\"\",\"\"buckets\"\":[]}\"\n");
  }

  @Test
  void sparkline_spansLeastToGreatest() {
    double inf = Double.POSITIVE_INFINITY;
    assertThat(Sparkline.of(new double[] {0, 3.5, 7}, 10, true)).isEqualTo("▁▅█");
    assertThat(Sparkline.of(new double[] {5, Double.NaN, 5}, 10, true)).isEqualTo("▄ ▄");
    assertThat(Sparkline.of(new double[] {0, 7, inf, -inf}, 10, false))
        .isEqualTo("_%%_".replace("%", "#"));
    assertThat(Sparkline.of(new double[] {0, 0, 7, 7}, 2, true)).isEqualTo("▁█");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "rate(x[5m|1:10: parse error: unclosed|  rate(x[5m/           ^",
        "sum(foo) bar|1:10: parse error: unexpected identifier|  sum(foo) bar/           ^^^",
        "a +/b + + c )|2:9: parse error: unexpected|  b + + c )/          ^",
        "äöü )|1:8: parse error: unexpected|  äöü )/      ^",
        "x|query timed out|"
      })
  void mark_standsUnderThePlace(String expression, String message, String marked) {
    String text = new QueryFailure(2, message).underlined(expression.replace("/", "\n"));

    assertThat(text.lines().toList())
        .isEqualTo(marked == null ? java.util.List.of() : java.util.List.of(marked.split("/")));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 7000",
    "now, 100000",
    "5, 5000",
    "1.5, 1500",
    "1m, 40000",
    "-1m, 40000",
    "1970-01-01T00:00:02Z, 2000"
  })
  void moment_readsWhatPeopleType(String text, long millis) {
    assertThat(Moment.millis("--time", text, 100_000, 7_000)).isEqualTo(millis);
  }

  @Test
  void moment_wrong_namesTheOption() {
    assertThatThrownBy(() -> Moment.millis("--start", "soon", 0, 0))
        .hasMessageStartingWith("--start is 'soon'; write it as 2026-01-31T12:00:00Z");
    assertThatThrownBy(() -> Moment.length("--step", "0"))
        .hasMessage("--step is '0'; it must be above 0");
    assertThatThrownBy(() -> Moment.length("--step", "x"))
        .hasMessage("--step is 'x'; write it like 15s or 1m30s");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1000",
    "60000, 1000",
    "3600000, 30000",
    "86400000, 900000",
    "31536000000, 262800000"
  })
  void step_isRoundAndGivesAboutAHundredPoints(long span, long step) {
    assertThat(Moment.step(span)).isEqualTo(step);
  }
}
