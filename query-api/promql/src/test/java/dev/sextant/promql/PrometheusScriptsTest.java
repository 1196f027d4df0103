package dev.sextant.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.promql.script.PromScript;
import dev.sextant.promql.script.ScriptResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs the scripts of Prometheus' own engine tests, where they are at hand, and holds the number of
 * evaluations that pass in each against a floor that only rises.
 */
class PrometheusScriptsTest {
  private static final String FLOORS = "/promql/prometheus-floors.properties";

  @Test
  void passesNoFewerEvaluationsThanBefore() throws IOException {
    Path folder = corpora().resolve("prometheus/promql/promqltest/testdata");
    assumeTrue(Files.isDirectory(folder), () -> "Prometheus' engine tests are not at " + folder);
    Properties floors = new Properties();
    try (var in = PrometheusScriptsTest.class.getResourceAsStream(FLOORS)) {
      floors.load(in);
    }
    PromEngine engine = new PromEngine(QueryLimits.DEFAULT, PromOptions.EXPERIMENTAL);
    StringBuilder table = new StringBuilder();
    TreeMap<String, String> lost = new TreeMap<>();
    int evals = 0;
    int passed = 0;
    for (Path file : scripts(folder)) {
      String name = file.getFileName().toString();
      ScriptResult outcome = PromScript.parse(name, Files.readString(file)).run(engine);
      table.append(String.format("  %-28s %4d of %4d%n", name, outcome.passed(), outcome.evals()));
      evals += outcome.evals();
      passed += outcome.passed();
      if (outcome.passed() < Integer.parseInt(floors.getProperty(name, "0"))) {
        lost.put(name, String.join("\n", outcome.failures()));
      }
      if (Boolean.getBoolean("sextant.promql.failures")) {
        outcome.failures().forEach(System.out::println);
      }
    }
    System.out.printf("%s%d of %d evals pass%n", table, passed, evals);
    assertThat(lost).as("scripts that pass fewer evaluations than %s says", FLOORS).isEmpty();
  }

  private static List<Path> scripts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".test")).sorted().toList();
    }
  }

  private static Path corpora() {
    String set = System.getenv("SEXTANT_CORPORA");
    return set == null
        ? Path.of(System.getProperty("sextant.root", ".")).resolve("../shared/corpora")
        : Path.of(set);
  }
}
