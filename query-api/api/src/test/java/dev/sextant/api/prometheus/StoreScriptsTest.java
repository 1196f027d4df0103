package dev.sextant.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromOptions;
import dev.sextant.promql.QueryLimits;
import dev.sextant.promql.script.PromScript;
import dev.sextant.promql.script.ScriptResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PromQL over the embedded store gives what it gives over memory: all scripts of Prometheus' engine
 * tests, where they are at hand, and our own, over its head and over its blocks.
 */
class StoreScriptsTest {
  private static final Path ROOT = Path.of(System.getProperty("sextant.root", "../.."));

  @TempDir private Path folder;
  private final AtomicInteger stores = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void prometheusScripts_pass(boolean inBlocks) throws IOException {
    String set = System.getenv("SEXTANT_CORPORA");
    Path corpora = set == null ? ROOT.resolve("../shared/corpora") : Path.of(set);
    Path scripts = corpora.resolve("prometheus/promql/promqltest/testdata");
    assumeTrue(Files.isDirectory(scripts), () -> "Prometheus' engine tests are not at " + scripts);
    assertThat(run(scripts, inBlocks)).isEqualTo("15 files, 1898 evals, 16626 re-runs");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ownScripts_pass(boolean inBlocks) throws IOException {
    run(ROOT.resolve("query-api/promql/src/test/resources/promql"), inBlocks);
  }

  private String run(Path scripts, boolean inBlocks) throws IOException {
    PromEngine engine = new PromEngine(QueryLimits.DEFAULT, PromOptions.EXPERIMENTAL);
    List<String> failures = new ArrayList<>();
    int files = 0;
    int evals = 0;
    int reruns = 0;
    try (Stream<Path> all = Files.list(scripts)) {
      for (Path file : all.filter(path -> path.toString().endsWith(".test")).sorted().toList()) {
        ScriptResult result =
            PromScript.parse(file.getFileName().toString(), Files.readString(file))
                .run(
                    engine,
                    () ->
                        new EmbeddedScriptStore(
                            folder.resolve("s" + stores.incrementAndGet()), inBlocks));
        failures.addAll(result.failures());
        files++;
        evals += result.evals();
        reruns += result.reruns();
      }
    }
    String numbers = files + " files, " + evals + " evals, " + reruns + " re-runs";
    System.out.printf("  over the store's %s: %s%n", inBlocks ? "blocks" : "head", numbers);
    assertThat(failures).isEmpty();
    assertThat(evals).isPositive();
    return numbers;
  }
}
