package dev.sextant.promql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.promql.ast.AggregateOp;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.FunctionSignature;
import dev.sextant.promql.parse.Functions;
import dev.sextant.promql.script.PromScript;
import dev.sextant.promql.script.ScriptResult;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs our own scripts, with names dropped late and at once alike. */
class ScriptsTest {
  static List<Path> scripts() throws IOException, URISyntaxException {
    try (Stream<Path> files =
        Files.list(Path.of(ScriptsTest.class.getResource("/promql").toURI()))) {
      return files.filter(file -> file.toString().endsWith(".test")).sorted().toList();
    }
  }

  private static PromEngine engine(boolean namesLate) {
    PromOptions late = PromOptions.EXPERIMENTAL;
    PromOptions options =
        new PromOptions(
            late.syntax(), late.lookback(), late.subqueryStep(), namesLate, late.startTimestamps());
    return new PromEngine(QueryLimits.DEFAULT, options);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyEvaluationPasses(Path file) throws IOException {
    PromScript script = PromScript.parse(file.getFileName().toString(), Files.readString(file));
    for (boolean namesLate : new boolean[] {true, false}) {
      ScriptResult result = script.run(engine(namesLate));
      assertThat(result.evals()).isPositive();
      assertThat(result.failures()).as("names late: %s", namesLate).isEmpty();
    }
  }

  @Test
  void everyFunctionAndAggregationIsUsed() throws IOException, URISyntaxException {
    Set<String> missing = new TreeSet<>();
    Functions.all().stream().map(FunctionSignature::name).forEach(missing::add);
    for (AggregateOp op : AggregateOp.values()) {
      missing.add(op.text());
    }
    int evals = 0;
    for (Path file : scripts()) {
      PromScript script = PromScript.parse(file.getFileName().toString(), Files.readString(file));
      for (ScriptResult.Outcome outcome : script.run(engine(true)).outcomes()) {
        evals++;
        used(outcome.expression(), missing);
      }
    }
    System.out.printf("  %d evals of our own%n", evals);
    assertThat(missing).as("functions and aggregations in no script").isEmpty();
  }

  private static void used(String query, Set<String> missing) {
    Expr root;
    try {
      root = engine(true).parse(query).expr();
    } catch (PromException e) {
      // Expected to be refused, and so no use of anything.
      return;
    }
    List<Expr> open = new ArrayList<>(List.of(root));
    while (!open.isEmpty()) {
      Expr expr = open.removeLast();
      if (expr instanceof Expr.Call call) {
        missing.remove(call.function().name());
      } else if (expr instanceof Expr.Aggregate aggregate) {
        missing.remove(aggregate.op().text());
      }
      open.addAll(expr.children());
    }
  }
}
