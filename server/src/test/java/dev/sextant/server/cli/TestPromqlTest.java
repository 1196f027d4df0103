package dev.sextant.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestPromqlTest {
  private static final String LOAD = "load 1m\n  requests_total{code=\"200\"} 0+60x10\n\n";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Path script(String name, String evals) throws IOException {
    return Files.writeString(folder.resolve(name), LOAD + evals);
  }

  private int run(Object... files) {
    String[] args = new String[files.length + 2];
    args[0] = "test";
    args[1] = "promql";
    for (int i = 0; i < files.length; i++) {
      args[i + 2] = files[i].toString();
    }
    return new CommandLine(new CommandLineInterface())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  @Test
  void allPass_isZero() throws IOException {
    Path a = script("a.test", "eval instant at 5m rate(requests_total[5m])\n  {code=\"200\"} 1\n");
    Path b = script("b.test", "eval instant at 5m vector(1)\n  {} 1\n\neval instant at 0 2\n  2\n");
    assertThat(run(a, b)).isZero();
    assertThat(out).hasToString("3 passed, 0 failed" + System.lineSeparator());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void failures_areNamedWithFileLineExpectedAndActual() throws IOException {
    Path a = script("a.test", "eval instant at 5m rate(requests_total[5m])\n  {code=\"200\"} 2\n");
    assertThat(run(a)).isEqualTo(1);
    assertThat(out.toString().lines())
        .containsExactly(
            a + ":4: rate(requests_total[5m]): {code=\"200\"}: expected 2 but got 1",
            "0 passed, 1 failed");
  }

  @Test
  void unreadableFiles_areNamed_othersStillRun() throws IOException {
    Path good = script("good.test", "eval instant at 0 2\n  2\n");
    Path wrong = script("wrong.test", "evaluate 2\n");
    Path missing = folder.resolve("missing.test");
    assertThat(run(missing, wrong, good)).isEqualTo(2);
    assertThat(err.toString())
        .contains(missing + ": cannot be read")
        .contains(wrong + ":4: expected eval instant at T EXPR");
    assertThat(out.toString()).contains("1 passed, 0 failed");
  }

  @Test
  void withoutFiles_isAMistakeOfUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required parameter: 'FILE'");
  }
}
