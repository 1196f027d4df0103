package dev.sextant.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.promql.script.PromScript;
import dev.sextant.promql.script.ScriptResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs the scripts of Prometheus' own engine tests, where they are at hand. Every evaluation
 * passes; how many there are in each file, and how often each ran again in another form, is held
 * too, so that one left out shows.
 */
class PrometheusScriptsTest {
  private static final String NUMBERS = "/promql/prometheus-scripts.properties";

  @Test
  void everyEvaluationPasses() throws IOException {
    Path folder = corpora().resolve("prometheus/promql/promqltest/testdata");
    assumeTrue(Files.isDirectory(folder), () -> "Prometheus' engine tests are not at " + folder);
    Properties expected = new Properties();
    try (var in = PrometheusScriptsTest.class.getResourceAsStream(NUMBERS)) {
      expected.load(in);
    }
    PromEngine engine = new PromEngine(QueryLimits.DEFAULT, PromOptions.EXPERIMENTAL);
    TreeMap<String, String> numbers = new TreeMap<>();
    List<String> failures = new ArrayList<>();
    int evals = 0;
    int reruns = 0;
    for (Path file : scripts(folder)) {
      String name = file.getFileName().toString();
      ScriptResult result = PromScript.parse(name, Files.readString(file)).run(engine);
      System.out.printf(
          "  %-28s %4d evals, %4d passed, %5d re-runs%n",
          name, result.evals(), result.passed(), result.reruns());
      numbers.put(name, result.evals() + " " + result.reruns());
      failures.addAll(result.failures());
      evals += result.evals();
      reruns += result.reruns();
    }
    numbers.put("total", evals + " " + reruns);
    System.out.printf(
        "  %d files, %d evals, %d re-runs, %d failures%n",
        numbers.size() - 1, evals, reruns, failures.size());
    assertThat(failures).isEmpty();
    assertThat(numbers).as("evals and re-runs by file").containsExactlyEntriesOf(sorted(expected));
  }

  private static TreeMap<String, String> sorted(Properties properties) {
    TreeMap<String, String> sorted = new TreeMap<>();
    properties.forEach((key, value) -> sorted.put((String) key, (String) value));
    return sorted;
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
