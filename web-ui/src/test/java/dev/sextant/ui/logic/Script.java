package dev.sextant.ui.logic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** The client components' pure logic in a plain JavaScript engine: no browser, no elements. */
final class Script implements AutoCloseable {
  private static final Path LOGIC = Path.of("src/main/resources/META-INF/resources/sx/logic");
  private static final List<String> FILES =
      List.of(
          "format",
          "time",
          "address",
          "service",
          "series",
          "exemplars",
          "trace",
          "critical",
          "tracestats",
          "tracediff",
          "folds",
          "traceview",
          "graph",
          "keep",
          "hits",
          "groups",
          "edges",
          "query",
          "promql",
          "complete",
          "traceql",
          "spanset",
          "tracecomplete",
          "tracetable",
          "tracemetric",
          "lines");

  private final Context context;

  Script() {
    Engine engine = Engine.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();
    context = Context.newBuilder("js").engine(engine).build();
    for (String file : FILES) {
      try {
        String text = Files.readString(LOGIC.resolve(file + ".js"));
        context.eval(Source.newBuilder("js", text, file + ".js").buildLiteral());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    context.eval("js", "sx.time.zone = 'utc'");
  }

  /** The value of an expression. */
  Value eval(String expression) {
    return context.eval("js", expression);
  }

  /** The value of an expression as JSON. */
  String json(String expression) {
    return eval("JSON.stringify(" + expression + ")").asString();
  }

  /** The value of an expression as text. */
  String text(String expression) {
    return eval("String(" + expression + ")").asString();
  }

  @Override
  public void close() {
    context.close();
  }
}
