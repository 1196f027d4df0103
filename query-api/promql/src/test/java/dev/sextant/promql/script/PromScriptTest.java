package dev.sextant.promql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromOptions;
import dev.sextant.promql.QueryLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromScriptTest {
  private static final String LOAD = "load 1m\n  m{a=\"x\"} 0+1x5\n  n{a=\"x\"} 1 _ 3\n\n";

  private static ScriptResult run(String evals) {
    return PromScript.parse("s.test", LOAD + evals)
        .run(new PromEngine(QueryLimits.DEFAULT, PromOptions.EXPERIMENTAL));
  }

  private static List<String> failures(String evals) {
    return run(evals).failures();
  }

  @Test
  void run_countsWhatPassesAndWhatDoesNot() {
    ScriptResult result =
        run("eval instant at 1m m\n  m{a=\"x\"} 1\n\neval instant at 1m m\n  m{a=\"x\"} 2\n");
    assertThat(result.evals()).isEqualTo(2);
    assertThat(result.passed()).isEqualTo(1);
    assertThat(result.failures().getFirst())
        .isEqualTo("s.test:8: m: m{a=\"x\"}: expected 2 but got 1");
  }

  @Test
  void clear_forgetsSeries() {
    assertThat(failures("clear\n\neval instant at 1m m\n")).isEmpty();
  }

  @Test
  void failures_nameWhatWasExpectedAndWhatCame() {
    assertThat(failures("eval instant at 1m m\n").getFirst())
        .contains("expected no series m{a=\"x\"} but got it with 1");
    assertThat(failures("eval instant at 1m m{a=\"y\"}\n  m 1\n").getFirst())
        .contains("expected the series [m{}] but got []");
    assertThat(failures("eval instant at 1m 1\n  2\n").getFirst())
        .contains("expected the scalar 2 but got the scalar 1");
    assertThat(failures("eval instant at 1m 'a'\n  expect string \"b\"\n").getFirst())
        .contains("expected the string \"b\" but got the string \"a\"");
    assertThat(failures("eval instant at 1m m\n  expect fail\n").getFirst())
        .contains("expected an error but got");
    assertThat(failures("eval instant at 1m m +\n  2\n").getFirst())
        .contains("expected a result but got the error: 1:4: parse error");
    assertThat(failures("eval instant at 1m m +\n  expect fail msg: other\n").getFirst())
        .contains("expected another error but got: 1:4: parse error");
    assertThat(failures("eval range from 0 to 2m step 1m n\n  n{a=\"x\"} 1 _ 3\n").getFirst())
        .contains("at 60.0 s expected _ but got 1");
    assertThat(failures("eval range from 0 to 2m step 1m m\n  m{a=\"x\"} 0 1\n").getFirst())
        .contains("expected nothing more but got, by milliseconds, {120000=2}");
  }

  @Test
  void failures_nameAnnotations() {
    String rate = "eval instant at 5m rate(m[5m])\n  ";
    assertThat(failures(rate + "expect no_info\n  {a=\"x\"} 0.016666666\n").getFirst())
        .contains("expected no info but got [PromQL info: metric might not be a counter");
    assertThat(failures(rate + "expect warn\n  {a=\"x\"} 0.016666666\n").getFirst())
        .contains("expected another warning but got []");
    assertThat(failures(rate + "expect info regex:counter\n  {a=\"x\"} 0.016666666\n")).isEmpty();
  }

  @Test
  void ordered_comparesTheOrder() {
    String query = "eval instant at 2m sort({__name__=~\"m|n\"})\n  expect ordered\n";
    assertThat(failures(query + "  m{a=\"x\"} 2\n  n{a=\"x\"} 3\n")).isEmpty();
    assertThat(failures(query + "  n{a=\"x\"} 3\n  m{a=\"x\"} 2\n").getFirst())
        .contains("in this order but got [m{a=\"x\"}, n{a=\"x\"}]");
  }

  @Test
  void rangeVector_isComparedPointByPoint() {
    String query = "eval instant at 2m m[2m]\n  expect range vector from 1m to 2m step 1m\n";
    assertThat(failures(query + "  m{a=\"x\"} 1 2\n")).isEmpty();
    assertThat(failures(query + "  m{a=\"x\"} 1 3\n").getFirst())
        .contains("at 120.0 s expected 3 but got 2");
  }

  @Test
  void parse_namesTheLineThatIsWrong() {
    assertThatThrownBy(() -> PromScript.parse("s.test", LOAD + "evaluate\n"))
        .isInstanceOf(ScriptException.class)
        .hasMessage(
            "s.test:5: expected eval instant at T EXPR or eval range from T to T step D EXPR");
    assertThatThrownBy(() -> PromScript.parse("s.test", "\nstore 1m\n"))
        .hasMessage("s.test:2: expected clear, load, load_with_nhcb or eval, but found store");
    assertThatThrownBy(() -> PromScript.parse("s.test", "load 1m\n  m 1\n  n one\n"))
        .hasMessageStartingWith("s.test:3: expected a number");
    assertThatThrownBy(() -> PromScript.parse("s.test", "load 1m\n  m@st 0s\n  n 1\n"))
        .hasMessageStartingWith("s.test:3: start timestamps of m{}, 1 of them, stand before");
    assertThatThrownBy(() -> PromScript.parse("s.test", "eval instant at 1m m\n  m 1 2\n"))
        .hasMessage("s.test:2: an instant query gives one point a series, but 2 are expected");
    assertThatThrownBy(() -> PromScript.parse("s.test", "eval instant at 1m m\n  expect less\n"))
        .hasMessageStartingWith("s.test:2: expected fail, warn, info");
  }
}
