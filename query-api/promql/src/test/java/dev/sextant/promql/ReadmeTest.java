package dev.sextant.promql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.metrics.model.InMemorySeries;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.SeriesSource;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example in the module's README, which must run as it stands there. */
class ReadmeTest {
  @Test
  void example_gives() {
    // README: example
    SeriesSource source =
        InMemorySeries.builder()
            .add(Labels.of("__name__", "requests_total", "code", "200"), 0, 0)
            .add(Labels.of("__name__", "requests_total", "code", "200"), 60_000, 120)
            .build();

    PromEngine engine = new PromEngine(QueryLimits.DEFAULT);
    PromAnswer answer = engine.query(source, "sum by (code) (rate(requests_total[5m]))", 60_000);
    String text =
        switch (answer.value()) {
          case QueryResult.Vector vector -> vector.labels() + " " + vector.values()[0];
          case QueryResult.Matrix matrix -> matrix.series().size() + " series";
          case QueryResult.Scalar scalar -> String.valueOf(scalar.value());
          case QueryResult.Text words -> words.value();
        };
    // README: end
    assertThat(text).isEqualTo("[{code=\"200\"}] 0.4");
    assertThat(answer.annotations()).isEmpty();
  }

  @Test
  void example_standsInTheReadme() throws Exception {
    Path module = Path.of("").toAbsolutePath();
    String test =
        Files.readString(module.resolve("src/test/java/dev/sextant/promql/ReadmeTest.java"));
    String example = test.split("// README: (example|end)")[1].strip();
    assertThat(squeezed(Files.readString(module.resolve("README.md")))).contains(squeezed(example));
  }

  /** Without space, which the formatter sets in its own way. */
  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
