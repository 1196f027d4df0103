package dev.sextant.traceql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.traceql.script.ScriptResult;
import dev.sextant.traceql.script.TraceQlScript;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs our own scripts. */
class ScriptsTest {
  private static final TraceQlEngine ENGINE = new TraceQlEngine(QueryLimits.DEFAULT);

  static List<Path> scripts() throws IOException, URISyntaxException {
    try (Stream<Path> files =
        Files.list(
            Path.of(Objects.requireNonNull(ScriptsTest.class.getResource("/traceql")).toURI()))) {
      return files.filter(file -> file.toString().endsWith(".test")).sorted().toList();
    }
  }

  private static TraceQlScript read(Path file) throws IOException {
    return TraceQlScript.parse(file.getFileName().toString(), Files.readString(file));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyQuestionPasses(Path file) throws IOException {
    ScriptResult result = read(file).run(ENGINE);
    assertThat(result.cases()).isPositive();
    assertThat(result.failures()).isEmpty();
  }

  @Test
  void everyWordOfTheLanguageIsUsed() throws IOException, URISyntaxException {
    Set<String> missing = new TreeSet<>(UsedWords.all());
    int cases = 0;
    for (Path file : scripts()) {
      TraceQlScript script = read(file);
      cases += script.queries().size();
      for (String query : script.queries()) {
        missing.removeAll(UsedWords.of(query));
      }
    }
    System.out.printf("  %d questions of our own%n", cases);
    assertThat(missing).as("operators, intrinsics and functions in no script").isEmpty();
  }
}
