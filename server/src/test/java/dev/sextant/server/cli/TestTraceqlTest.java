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

class TestTraceqlTest {
  private static final String TRACE =
      "trace shop\n  cart @web 0s+10ms status=error\n    load @db 1ms+2ms\n\n";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Path script(String name, String questions) throws IOException {
    return Files.writeString(folder.resolve(name), TRACE + questions);
  }

  private int run(Object... files) {
    String[] args = new String[files.length + 2];
    args[0] = "test";
    args[1] = "traceql";
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
    Path a = script("a.test", "search { status = error }\n  shop: cart\n");
    Path b = script("b.test", "search {} > {}\n  shop: load\n\nsearch { false }\n  none\n");
    assertThat(run(a, b)).isZero();
    assertThat(out).hasToString("3 passed, 0 failed" + System.lineSeparator());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void failures_areNamedWithFileLineExpectedAndActual() throws IOException {
    Path a = script("a.test", "search { status = ok }\n  shop: cart\n");
    assertThat(run(a)).isEqualTo(1);
    assertThat(out.toString().lines())
        .containsExactly(
            a + ":5: { status = ok }: expected:",
            "    shop: cart",
            "  but got:",
            "    none",
            a + ":5: { status = ok }: arrived the other way round and twice: expected:",
            "    shop: cart",
            "  but got:",
            "    none",
            "0 passed, 1 failed");
  }

  @Test
  void unreadableFiles_areNamed_othersStillRun() throws IOException {
    Path good = script("good.test", "search {}\n  shop: cart, load\n");
    Path wrong = script("wrong.test", "find {}\n");
    Path missing = folder.resolve("missing.test");
    assertThat(run(missing, wrong, good)).isEqualTo(2);
    assertThat(err.toString())
        .contains(missing + ": cannot be read")
        .contains(wrong + ":5: expected trace, search, metrics or clear, but found find");
    assertThat(out.toString()).contains("1 passed, 0 failed");
  }

  @Test
  void withoutFiles_isAMistakeOfUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required parameter: 'FILE'");
  }
}
