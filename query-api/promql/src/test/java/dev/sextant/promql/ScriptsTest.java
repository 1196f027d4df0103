package dev.sextant.promql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.promql.script.PromScript;
import dev.sextant.promql.script.ScriptResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs our own scripts, with names dropped late and at once alike. */
class ScriptsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "selectors",
        "counters",
        "over_time",
        "aggregations",
        "binary",
        "values",
        "histograms",
        "extended"
      })
  void everyEvaluationPasses(String name) throws IOException {
    String text;
    try (var in = ScriptsTest.class.getResourceAsStream("/promql/" + name + ".test")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    PromOptions late = PromOptions.EXPERIMENTAL;
    PromOptions atOnce =
        new PromOptions(
            late.syntax(), late.lookback(), late.subqueryStep(), false, late.startTimestamps());
    for (PromOptions options : new PromOptions[] {late, atOnce}) {
      ScriptResult result =
          PromScript.parse(name, text).run(new PromEngine(QueryLimits.DEFAULT, options));
      assertThat(result.evals()).isPositive();
      assertThat(result.failures()).isEmpty();
    }
  }
}
