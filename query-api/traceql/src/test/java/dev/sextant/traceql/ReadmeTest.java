package dev.sextant.traceql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.trace.model.MemorySpanSource;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.parse.TraceQlParser;
import dev.sextant.traceql.script.ScriptResult;
import dev.sextant.traceql.script.TraceQlScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The examples in the module's README, which must run as they stand there. */
class ReadmeTest {
  // README: source
  /** Spans as they were recorded up to the moment of a question. */
  record Recorded(Queue<PlainSpan> spans) implements SpanSource {
    private SpanSource now() {
      return new MemorySpanSource(List.copyOf(spans));
    }

    @Override
    public Inspected read(SpanRequest request, Sink sink) {
      return now().read(request, sink);
    }

    @Override
    public List<SpanField.Attribute> attributes(
        long fromNanos, long toNanos, Set<SpanField.Scope> scopes, int limit, Runnable checkpoint) {
      return now().attributes(fromNanos, toNanos, scopes, limit, checkpoint);
    }

    @Override
    public List<SpanValue> values(
        SpanField field,
        long fromNanos,
        long toNanos,
        SpanCondition condition,
        int limit,
        Runnable checkpoint) {
      return now().values(field, fromNanos, toNanos, condition, limit, checkpoint);
    }
  }

  // README: end

  @Test
  void example_gives() {
    // README: question
    Queue<PlainSpan> spans = new ConcurrentLinkedQueue<>();
    spans.add(PlainSpan.builder(1, 1).name("GET /cart").service("web").time(5_000, 900).build());
    spans.add(
        PlainSpan.builder(1, 2).parent(1).name("load").service("cart").time(5_100, 400).build());

    TraceQlEngine engine = new TraceQlEngine(QueryLimits.DEFAULT);
    Query query =
        TraceQlParser.parse("{ resource.service.name = \"web\" } >> { duration > 300ns }");
    SearchAnswer answer =
        engine.search(
            new Recorded(spans), SearchRequest.of(query, 0, 10_000, 20, 3), Cancellation.NONE);
    String text =
        answer.traces().getFirst().rootName()
            + ": "
            + answer.traces().getFirst().spansets().getFirst().spans().size()
            + " of "
            + answer.total();
    // README: end
    assertThat(text).isEqualTo("GET /cart: 1 of 1");
  }

  @Test
  void examples_standInTheReadme() throws Exception {
    Path module = Path.of("").toAbsolutePath();
    String readme = squeezed(Files.readString(module.resolve("README.md")));
    String test =
        Files.readString(module.resolve("src/test/java/dev/sextant/traceql/ReadmeTest.java"));
    String[] parts = test.split("// README: (source|question|end)");
    assertThat(readme).contains(squeezed(parts[1])).contains(squeezed(parts[3]));
  }

  /** Without space, which the formatter sets in its own way. */
  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void scriptExample_passes() throws Exception {
    String readme = Files.readString(Path.of("").toAbsolutePath().resolve("README.md"));
    String[] blocks = readme.substring(readme.indexOf("## Scripts")).split("```");
    String script = (blocks[1] + blocks[3]).replaceAll(" {2,}# .*", "");
    ScriptResult result =
        TraceQlScript.parse("README.md", script).run(new TraceQlEngine(QueryLimits.DEFAULT));
    assertThat(result.cases()).isEqualTo(4);
    assertThat(result.failures()).isEmpty();
  }
}
